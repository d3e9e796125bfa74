// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "parallel/session.hpp"

#include "base/log.hpp"
#include "base/threads.hpp"

#include <mpi.h>

#include <array>
#include <cstdlib>
#include <exception>

namespace ddpinn {

Session::Session(const std::vector<std::string>& petsc_options) : threads_(set_threads()) {
  int initialized = 0;
  MPI_Initialized(&initialized);
  if (!initialized) {
    int provided = 0;
    MPI_Init_thread(nullptr, nullptr, MPI_THREAD_FUNNELED,
                    &provided);  // threads compute, the main one communicates
    owns_mpi_ = true;
  }
  rank_ = world_rank();
  size_ = world_size();
  if (rank_ != 0) log::mute();
  petsc_.emplace(petsc_options);
}

Session::~Session() {
  petsc_.reset();
  if (owns_mpi_ && std::uncaught_exceptions() == 0) MPI_Finalize();
}

bool mpi_runs() {
  int initialized = 0;
  int finalized = 0;
  MPI_Initialized(&initialized);
  MPI_Finalized(&finalized);
  return initialized && !finalized;
}

int world_rank() {
  int rank = 0;
  if (mpi_runs()) MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  return rank;
}

int world_size() {
  int size = 1;
  if (mpi_runs()) MPI_Comm_size(MPI_COMM_WORLD, &size);
  return size;
}

void abort_all_ranks(int status) {
  if (mpi_runs()) MPI_Abort(MPI_COMM_WORLD, status);
  std::_Exit(status);
}

std::string mpi_library_version() {
  std::array<char, MPI_MAX_LIBRARY_VERSION_STRING> text{};
  int length = 0;
  MPI_Get_library_version(text.data(), &length);
  const std::string full(text.data(), length);
  return full.substr(0, full.find_first_of("\n,"));
}

}  // namespace ddpinn
