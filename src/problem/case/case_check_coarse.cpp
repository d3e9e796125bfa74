// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/affine.hpp"
#include "problem/case/case_parts.hpp"
#include "problem/forward_problem.hpp"

namespace ddpinn {

void check_coarse(const Section& root, const Problem& problem, Options& options) {
  if (!root.has("coarse") || options.decomposition.coupling == Coupling::interface) return;
  std::string why;
  if (!problem.unknowns.empty() && !fits_forward_solutions(problem, options))
    why = "a grid does not know the values of [unknowns]";
  else if (options.solver.trains())
    why = "the training of hidden layers starts from random ones";
  else if (is_affine(problem))
    why = "windowed coupling starts nonlinear solves from the grid, and these equations are linear";
  if (why.empty()) return;
  root.diagnostics().remark(
      root.at("coarse"), "'coarse' has no effect (" + why + "); remove it, or use coupling = \"interface\"");
  options.coarse.clear();
}

}  // namespace ddpinn
