// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>
#include <vector>

namespace ddpinn::petsc {

/// PETSc from its start to its end. MPI must run already, and runs on after it. Errors are kept for `check`
/// instead of being printed, and signals stay ours. @note Collective over MPI_COMM_WORLD.
class Session {
 public:
  /// @param options PETSc's options as on a command line: {"-ksp_type", "cg", "-ksp_monitor"}
  explicit Session(const std::vector<std::string>& options);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
};

/// The options that were given but that nothing has asked for so far: most likely mistyped.
std::vector<std::string> unused_options();

/// "3.18.5"
std::string library_version();

}  // namespace ddpinn::petsc
