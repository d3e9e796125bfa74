// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/forward_problem.hpp"

#include "problem/weak_forms.hpp"

#include <algorithm>

namespace ddpinn {

bool follows_gradients(const SolverOptions& options) {
  return std::ranges::any_of(options.method,
                             [](Method method) { return method == Method::adam || method == Method::lbfgs; });
}

bool fits_forward_solutions(const Problem& problem, const Options& options) {
  return !problem.unknowns.empty() &&
         (options.time.slabs > 1 || options.decomposition.coupling == Coupling::interface ||
          follows_gradients(options.solver) || is_weak(problem));
}

std::size_t observations(const Problem& problem) {
  std::size_t count = 0;
  for (const auto& data : problem.data) count += data.points.size() * data.observed.size();
  return count;
}

Problem forward_problem(Problem problem, const std::vector<double>& values) {
  for (std::size_t i = 0; i < values.size(); ++i)
    problem.parameters.emplace_back(problem.unknowns[i].name, values[i]);
  problem.unknowns.clear();
  problem.data.clear();
  return problem;
}

}  // namespace ddpinn
