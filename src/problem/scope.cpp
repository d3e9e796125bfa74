// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/scope.hpp"

namespace ddpinn {

Scope residual_scope(const Problem& problem, bool boundary) {
  Scope scope;
  scope.coordinates = problem.domain.coordinates;
  scope.fields = problem.fields;
  scope.parameters = problem.parameters;
  scope.definitions = problem.definitions;
  scope.normals = boundary;
  for (const auto& unknown : problem.unknowns) scope.unknowns.push_back(unknown.name);
  scope.expected = Value::number;
  return scope;
}

Scope coordinate_scope(const Problem& problem, Value expected) {
  Scope scope = residual_scope(problem, false);
  scope.forbidden_fields = std::move(scope.fields);
  scope.fields.clear();
  scope.forbidden_unknowns = std::move(scope.unknowns);
  scope.unknowns.clear();
  scope.expected = expected;
  return scope;
}

}  // namespace ddpinn
