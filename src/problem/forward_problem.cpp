// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/forward_problem.hpp"

namespace ddpinn {

bool fits_forward_solutions(const Problem& problem, const Options& options) {
  return !problem.unknowns.empty() &&
         (options.time.slabs > 1 || options.decomposition.coupling == "interface");
}

Problem forward_problem(Problem problem, const std::vector<double>& values) {
  for (std::size_t i = 0; i < values.size(); ++i)
    problem.parameters.emplace_back(problem.unknowns[i].name, values[i]);
  problem.unknowns.clear();
  problem.data.clear();
  return problem;
}

}  // namespace ddpinn
