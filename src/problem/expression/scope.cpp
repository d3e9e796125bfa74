// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/expression/scope.hpp"

#include "problem/expression/interface_names.hpp"

#include <algorithm>

namespace ddpinn {

namespace {

using Definitions = std::vector<std::pair<std::string, Text>>;

Scope scope_with(const Problem& problem, Definitions definitions) {
  Scope scope;
  scope.coordinates = problem.domain.coordinates;
  scope.fields = problem.fields;
  scope.parameters = problem.parameters;
  scope.definitions = std::move(definitions);
  for (const auto& unknown : problem.unknowns) scope.unknowns.push_back(unknown.name);
  scope.expected = Value::number;
  return scope;
}

void forbid_sought(Scope& scope) {
  scope.forbidden_fields = std::move(scope.fields);
  scope.fields.clear();
  scope.forbidden_unknowns = std::move(scope.unknowns);
  scope.unknowns.clear();
}

}  // namespace

Scope residual_scope(const Problem& problem, bool boundary) {
  auto definitions = interface_definitions(problem);
  definitions.insert(definitions.end(), problem.definitions.begin(), problem.definitions.end());
  Scope scope = scope_with(problem, std::move(definitions));
  scope.normals = boundary;
  return scope;
}

bool on_interface(const Problem& problem, const Condition& condition) {
  return std::ranges::any_of(problem.domain.shapes, [&](const Shape& shape) {
    return shape.use == Shape::Use::interface &&
           std::ranges::find(condition.on, shape.name) != condition.on.end();
  });
}

Scope condition_scope(const Problem& problem, const Condition& condition) {
  if (!on_interface(problem, condition)) return residual_scope(problem, true);
  Scope scope = scope_with(problem, two_sided_definitions(problem));
  scope.normals = true;
  scope.two_sided = true;
  return scope;
}

Scope energy_scope(const Problem& problem, const Energy& energy) {
  if (energy.on.empty()) return residual_scope(problem, false);
  Condition place;
  place.on = energy.on;
  return condition_scope(problem, place);
}

Scope coordinate_scope(const Problem& problem, Value expected) {
  Scope scope = residual_scope(problem, false);
  forbid_sought(scope);
  scope.expected = expected;
  return scope;
}

Scope smooth_scope(const Problem& problem) {
  Scope scope = scope_with(problem, problem.definitions);
  forbid_sought(scope);
  scope.expected = Value::any;
  return scope;
}

Scope interface_shape_scope(const Problem& problem) {
  Scope scope = scope_with(problem, {});
  forbid_sought(scope);
  return scope;
}

}  // namespace ddpinn
