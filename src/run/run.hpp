// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <ddpinn/solve.hpp>

#include <functional>
#include <string>
#include <vector>

namespace ddpinn {

/// How a run behaves towards its user.
struct RunControl {
  bool quiet = false;         ///< no progress on standard output; result lines and warnings stay
  bool a_posteriori = false;  ///< as Criteria
  /// PETSc's options for this run, as PETSc was started with: one that nothing asks for is an error.
  std::vector<std::string> petsc_options = {};
  std::string compare_with = {};    ///< as Criteria
  std::function<bool()> stop = {};  ///< as Monitor
  /// Whether this rank has been asked for a checkpoint since it was last asked itself.
  std::function<bool()> checkpoint = {};
  std::string restart = {};  ///< as `from` of restart(); empty: a new run
};

/// `ddpinn run`: reads a case, solves it, judges the solution, writes its files, and prints what it found. A
/// Session must live.
/// @param overrides "key=value" in TOML syntax, e.g. "decomposition.subdomains=[8,8]"
/// @throws Error (every status)
/// @note Collective over MPI_COMM_WORLD.
Result run_case(const std::string& path, const std::vector<std::string>& overrides,
                const RunControl& control);

/// As write_results, into a directory that was prepared already. @note Collective.
void write_files(Solved&, const std::string& directory, const Monitor&);

}  // namespace ddpinn
