// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/affine.hpp"

#include "problem/expression/scope.hpp"
#include "problem/residual.hpp"
#include "problem/weak_forms.hpp"

#include <algorithm>

namespace ddpinn {

bool is_affine(const Problem& problem, const Condition& condition) {
  auto scope = condition_scope(problem, condition);
  scope.given = condition.given;
  return Residual(condition, scope).affine_in_fields();
}

bool is_affine(const Problem& problem) {
  const auto scope = residual_scope(problem, false);
  if (!has_affine_variation(problem)) return false;
  return std::ranges::all_of(
             problem.equations,
             [&](const auto& equation) { return Residual(equation, scope).affine_in_fields(); }) &&
         std::ranges::all_of(problem.conditions,
                             [&](const auto& condition) { return is_affine(problem, condition); });
}

}  // namespace ddpinn
