// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/expression/level_sets.hpp"

#include "problem/expression/scope.hpp"

namespace ddpinn {

std::vector<LevelSet> level_sets(const Problem& problem) {
  const Scope scope = coordinate_scope(problem, Value::number), plain = interface_shape_scope(problem);
  std::vector<LevelSet> result;
  for (const Shape& shape : problem.domain.shapes) {
    LevelSet& level_set = result.emplace_back();
    if (shape.kind != Shape::Kind::implicit) continue;
    const Expression inside(shape.inside, shape.use == Shape::Use::interface ? plain : scope);
    level_set = [inside](std::span<const Point> points) { return inside.at(points); };
  }
  return result;
}

}  // namespace ddpinn
