// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include <ddpinn/session.hpp>

#include "base/log.hpp"
#include "base/threads.hpp"
#include "parallel/agree.hpp"
#include "parallel/processes.hpp"
#include "petsc/library.hpp"

#include <ddpinn/error.hpp>

#include <cstdlib>
#include <exception>

namespace ddpinn {

namespace {

/// MPI, if it does not run yet.
class Mpi {
 public:
  Mpi() {
    if (mpi_runs()) return;
    int finalized = 0;
    MPI_Finalized(&finalized);
    if (finalized)
      throw Error(
          Status::usage,
          "Session: MPI has ended (it can be started once per process); call MPI_Init in the program, "
          "or keep the first session until the last one has ended");
    // The other ways of Open MPI 4 to share file pointers, which we don't, end the program where a file's
    // name is longer than 256 bytes.
    setenv("OMPI_MCA_sharedfp", "individual", 0);
    int provided = 0;
    MPI_Init_thread(nullptr, nullptr, MPI_THREAD_FUNNELED,
                    &provided);  // threads compute, the main one communicates
    started_ = true;
  }
  ~Mpi() {
    if (started_ && std::uncaught_exceptions() == 0) MPI_Finalize();
  }
  Mpi(const Mpi&) = delete;
  Mpi& operator=(const Mpi&) = delete;

 private:
  bool started_ = false;
};

int rank_in(MPI_Comm comm) {
  int rank = 0;
  MPI_Comm_rank(comm, &rank);
  return rank;
}

int size_of(MPI_Comm comm) {
  int size = 1;
  MPI_Comm_size(comm, &size);
  return size;
}

/// Sessions of this process that have not ended.
int& open_sessions() {
  static int count = 0;
  return count;
}

}  // namespace

/// In the order in which things start; they end in the opposite one.
struct Session::State {
  State(MPI_Comm users, const std::vector<std::string>& options)
      : comm(users), rank(rank_in(users)), size(size_of(users)), voice(rank == 0), petsc(users, options) {
    ++open_sessions();
  }
  /// What errors have left of PETSc's objects must not outlive PETSc, which another session starts anew. In a
  /// session within another one it may belong to more ranks than the inner one has.
  ~State() {
    if (--open_sessions() == 0 && std::uncaught_exceptions() == 0) recover(Communicator(comm));
  }

  Threads threads;
  Mpi mpi;
  MPI_Comm comm;
  int rank;
  int size;
  log::Voice voice;
  petsc::Library petsc;
};

Session::Session(MPI_Comm comm, const std::vector<std::string>& petsc_options)
    : state_(std::make_unique<State>(comm, petsc_options)) {}

Session::~Session() = default;

int Session::rank() const noexcept { return state_->rank; }

int Session::size() const noexcept { return state_->size; }

int Session::threads() const noexcept { return state_->threads.count(); }

}  // namespace ddpinn
