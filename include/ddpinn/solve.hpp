// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <ddpinn/result.hpp>

#include <functional>
#include <string>
#include <vector>

namespace ddpinn {

/// How a run behaves towards its user.
struct RunControl {
  bool quiet = false;         ///< no progress on standard output; result lines and warnings stay
  bool a_posteriori = false;  ///< residuals at fresh points, and errors estimated from them
  /// PETSc's options for this run, as PETSc was started with: one that nothing asks for is an error.
  std::vector<std::string> petsc_options = {};
  std::string compare_with =
      {};  ///< a file like that of [reference], which the result is compared with besides
  /// Asked between iterations: whether to stop, and write what there is. One rank's word is enough.
  std::function<bool()> stop = {};
};

/// Reads a case file, solves it and writes its results. A Session must live.
/// @param overrides "key=value" in TOML syntax, e.g. "decomposition.subdomains=[8,8]"
/// @throws Error (every status)
/// @note Collective over MPI_COMM_WORLD.
Result solve_case(const std::string& path, const std::vector<std::string>& overrides,
                  const RunControl& control);

}  // namespace ddpinn
