// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/case/case_parts.hpp"
#include "problem/expression/scope.hpp"

#include <algorithm>

namespace ddpinn {
namespace {

/// Whether a residual contains values of a field, not only its derivatives.
bool has_values(const Text& residual, const Scope& scope, int field) {
  return std::ranges::any_of(Expression(residual, scope).arguments(), [&](const Argument& argument) {
    return argument.kind == Argument::Kind::field && argument.derivative.field == field &&
           argument.derivative.alpha == MultiIndex{};
  });
}

bool has_level(const Problem& problem, int field) {
  const auto& name = problem.fields[field];
  if (problem.exact_enforcement.contains(name)) return true;
  return std::ranges::any_of(problem.equations,
                             [&](const auto& equation) {
                               return has_values(equation.residual, residual_scope(problem, false), field);
                             }) ||
         std::ranges::any_of(problem.conditions,
                             [&](const auto& condition) {
                               return has_values(condition.residual, condition_scope(problem, condition),
                                                 field);
                             }) ||
         std::ranges::any_of(problem.data, [&](const auto& data) {
           return std::ranges::any_of(data.observed,
                                      [&](const auto& column) { return column.first == name; });
         });
}

}  // namespace

void check_levels(const Section& root, const Problem& problem) {
  for (std::size_t f = 0; f < problem.fields.size(); ++f) {
    const auto& name = problem.fields[f];
    if (has_level(problem, f)) continue;
    root.diagnostics().remark(
        problem.equations.front().residual.at,
        "nothing fixes the level of '" + name +
            "' (equations and conditions contain its derivatives only, so that any constant "
            "can be added to it); write for example a condition with points and residual = \"" +
            name + "\"");
  }
}

}  // namespace ddpinn
