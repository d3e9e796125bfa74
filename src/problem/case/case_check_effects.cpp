// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/affine.hpp"
#include "problem/case/case_parts.hpp"
#include "problem/case/case_validate.hpp"
#include "problem/forward_problem.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ddpinn {
namespace {

std::vector<std::string> names_of(const Problem& problem) {
  std::vector<std::string> names;
  for (const auto& [name, value] : problem.parameters) names.push_back(name);
  return names;
}

std::string why_not(const Problem& problem, const Options& options) {
  if (!problem.unknowns.empty()) return "the unknowns change from solve to solve already";
  if (options.solver.trains()) return "the training of hidden layers starts from random ones";
  if (is_affine(problem)) return "a linear solve does not depend on where it starts";
  return "";
}

/// Lets every list end with the parameter's own value.
void complete(const Section& section, const Problem& problem,
              std::map<std::string, std::vector<double>>& all) {
  for (const auto& [name, at] : section.names()) {
    const auto parameter =
        std::ranges::find(problem.parameters, name, &std::pair<std::string, double>::first);
    auto& values = all[name];
    if (parameter == problem.parameters.end())
      section.error(
          at, fmt::format("'solver.continuation.{}' is no parameter (the parameters are {}){}", name,
                          listed(names_of(problem), "and"), did_you_mean(name, names_of(problem), "'")));
    else if (values.empty() || values.back() != parameter->second)
      values.push_back(parameter->second);
  }
}

/// A linear problem has one solution, wherever it is looked for.
void check_starts(const Section& root, const Problem& problem, SolverOptions& solver) {
  if (solver.starts == 1 || !problem.unknowns.empty() || solver.trains() || !is_affine(problem)) return;
  root.diagnostics().remark(
      root.section("solver").at("starts"),
      fmt::format(
          "'solver.starts' has no effect ({} has one solution, wherever the solve starts, so that it is "
          "solved once); remove it",
          problem.energies.empty() ? "a linear problem" : "a quadratic energy"));
  solver.starts = 1;
}

}  // namespace

void check_continuation(const Section& root, const Problem& problem, Options& options) {
  const auto section = root.section("solver").section("continuation");
  auto& all = options.solver.continuation;
  complete(section, problem, all);
  for (const auto& [name, at] : section.names())
    if (const auto& first = *all.begin(); all[name].size() != first.second.size())
      section.error(at, fmt::format("'solver.continuation.{}' has {} values (with the parameter's own at the "
                                    "end), and '{}' has {} (they change together); give each as many",
                                    name, all[name].size(), first.first, first.second.size()));
  if (root.diagnostics().size() > 0) return;
  check_starts(root, problem, options.solver);
  if (all.empty()) return;
  const auto why = why_not(problem, options);
  if (why.empty()) return;
  root.diagnostics().remark(section.at(),
                            fmt::format("'solver.continuation' has no effect ({}); remove it", why));
  all.clear();
}

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
