// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "grid/grid_stencils.hpp"

#include "grid/grid_shapes.hpp"

#include <algorithm>
#include <array>

namespace ddpinn {

PetscInt GridStencils::unknown(const SpaceIndex& index, Sides part, int field) const {
  const PetscInt fields = problem_->fields(), width = problem_->width();
  const PetscInt slot = problem_->parts().slot(index, part).value_or(0);
  return layout_->number(index) * width + slot * fields + field;
}

MultiIndex GridStencils::in_space(MultiIndex alpha) const {
  const int time = problem_->mesh().time();
  if (time >= 0) alpha[time] = 0;
  return alpha;
}

GridStencil GridStencils::argument(const GridRow& row, const SpaceIndex& node,
                                   const Derivative& derivative) const {
  const auto part = derivative.side == Side::minus  ? row.minus
                    : derivative.side == Side::plus ? row.plus
                                                    : row.part;
  if (!row.ghost) return difference(row.x, part, derivative);
  GridStencil result;
  for (const auto& [index, weight] :
       GridShapes(*problem_).fit(node, true, level_, part, row.x, in_space(derivative.alpha)))
    result.push_back({unknown(index, part, derivative.field), weight});
  return result;
}

GridStencil GridStencils::extrapolation(const GridRow& row, const SpaceIndex& node, int field) const {
  GridStencil result{{unknown(node, row.part, field), 1.0}};
  if (row.ghost) {
    const auto x = problem_->mesh().at(node, level_);
    for (const auto& [index, weight] : GridShapes(*problem_).fit(node, false, level_, row.part, x, {}))
      result.push_back({unknown(index, row.part, field), -weight});
    return result;
  }
  auto index = node;
  for (double weight : {-3.0, 3.0, -1.0}) {  // the polynomial through three nodes
    for (std::size_t s = 0; s < index.size(); ++s) index[s] += row.inward[s];
    result.push_back({unknown(index, row.part, field), weight});
  }
  return result;
}

GridStencil GridStencils::difference(const Point& x, Sides part, const Derivative& derivative) const {
  const auto& mesh = problem_->mesh();
  std::array<AxisStencil, 3> along;
  along.fill({{0, 1.0}});
  for (std::size_t s = 0; s < mesh.space().size(); ++s) {
    const std::size_t d = mesh.space()[s];
    along[s] = mesh.axis(mesh.space()[s]).difference(x[d], derivative.alpha[d]);
  }
  GridStencil result;
  for (const auto& c : along[2])
    for (const auto& b : along[1])
      for (const auto& a : along[0])
        result.push_back(
            {unknown({a.node, b.node, c.node}, part, derivative.field), a.weight * b.weight * c.weight});
  return result;
}

bool GridStencils::defined(const SpaceIndex& index, Sides part) const {
  if (!problem_->parts().slot(index, part)) return false;
  return problem_->model().region.shapes() == 0 || GridShapes(*problem_).touches_inside(index, level_);
}

GridStencil GridStencils::pressure_difference(const SpaceIndex& node, Sides part, std::size_t direction,
                                              int field) const {
  const auto& axis = problem_->mesh().axis(problem_->mesh().space()[direction]);
  const auto at = [&](int i) { return axis.coordinate(i); };
  auto along = axis.difference(at(node[direction]), 2);
  const auto compact = along.size();
  for (const auto& outer : axis.difference(at(node[direction]), 1))
    for (const auto& inner : axis.difference(at(outer.node), 1))
      along.push_back({inner.node, -outer.weight * inner.weight});
  GridStencil result;
  const auto add = [&](std::size_t count) {
    result.clear();
    for (std::size_t i = 0; i < count; ++i) {
      auto index = node;
      index[direction] = along[i].node;
      if (!defined(index, part)) return false;
      result.push_back({unknown(index, part, field), along[i].weight});
    }
    return true;
  };
  if (!add(along.size())) add(compact);
  return result;
}

}  // namespace ddpinn
