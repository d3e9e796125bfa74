// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "petsc/session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ddpinn {

/// MPI and PETSc from their start to their end, one thread per rank unless OMP_NUM_THREADS says otherwise,
/// and a voice for rank 0 only. One of them lives from the start of `main` to its end. @note Collective over
/// MPI_COMM_WORLD.
class Session {
 public:
  /// @param petsc_options as on a command line: {"-ksp_type", "cg"}
  explicit Session(const std::vector<std::string>& petsc_options = {});
  /// Ends PETSc and MPI, unless an exception unwinds: the other ranks would wait in vain.
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  int rank() const noexcept { return rank_; }
  int size() const noexcept { return size_; }
  int threads() const noexcept { return threads_; }

 private:
  bool owns_mpi_ = false;
  int rank_ = 0;
  int size_ = 1;
  int threads_ = 1;
  std::optional<petsc::Session> petsc_;
};

/// Whether MPI has been started and not yet ended.
bool mpi_runs();

/// This process's rank and the number of ranks in MPI_COMM_WORLD; 0 of 1 where MPI does not run.
int world_rank();
int world_size();

/// Ends all ranks at once with this exit status. For programs' `main` only: a library throws.
[[noreturn]] void abort_all_ranks(int status);

/// The MPI library and its version on one line. MPI need not run.
std::string mpi_library_version();

}  // namespace ddpinn
