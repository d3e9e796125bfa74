// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <mpi.h>

#include <string>
#include <vector>

namespace ddpinn::petsc {

/// PETSc: started where it does not run yet, and then ended too. Meanwhile its errors are kept for `check`
/// instead of being printed, and signals stay the program's. MPI must run before and after it.
/// @note Collective over the communicator.
class Library {
 public:
  /// @param comm becomes PETSC_COMM_WORLD where PETSc does not run yet
  /// @param options as on a command line: {"-ksp_type", "cg", "-ksp_monitor"}
  Library(MPI_Comm comm, const std::vector<std::string>& options);
  ~Library();
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;

 private:
  bool started_ = false;
};

/// Whether PETSc has been started and not yet ended.
bool runs();

/// The options that were given but that nothing has asked for so far: most likely mistyped.
std::vector<std::string> unused_options();

/// "3.18.5"
std::string library_version();

}  // namespace ddpinn::petsc
