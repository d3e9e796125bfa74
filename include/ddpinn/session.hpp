// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <mpi.h>

#include <memory>
#include <string>
#include <vector>

namespace ddpinn {

/// What ddpinn needs of a process while it works: MPI and PETSc, one thread per rank unless OMP_NUM_THREADS
/// says otherwise, PETSc's errors as exceptions, and messages from rank 0 only.
///
/// It starts what does not run yet, and at its end ends only what it started and restores what it changed:
/// PETSc's error handler, the number of OpenMP's threads. Signal handlers are left alone. Several sessions
/// may follow one another; all of them find MPI running if the program, or an outer session, has started it.
/// MPI itself can be started once per process: after the end of the session that started it, there is no
/// other.
class Session {
 public:
  /// @param comm the ranks that work together. PETSc is started on it (PETSC_COMM_WORLD) where it does not
  /// run yet, so it must live as long as the session.
  /// @param petsc_options as on a command line: {"-ksp_type", "cg"}; added to those that PETSc has already
  /// @throws Error (Status::usage) where MPI has ended, or PETSc refuses the options
  /// @note Collective over `comm`.
  explicit Session(MPI_Comm comm = MPI_COMM_WORLD, const std::vector<std::string>& petsc_options = {});
  /// Leaves PETSc and MPI running while an exception unwinds: the other ranks would wait in vain.
  /// @note Collective over the communicator.
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  int rank() const noexcept;     ///< in the communicator
  int size() const noexcept;     ///< of the communicator
  int threads() const noexcept;  ///< of this process, in OpenMP's loops and in BLAS

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace ddpinn
