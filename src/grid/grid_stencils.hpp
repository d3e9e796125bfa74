// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "grid/grid_problem.hpp"

#include <vector>

namespace ddpinn {

/// An unknown of the grid, by its global number, and what it is multiplied by.
struct GridWeight {
  PetscInt unknown;
  double value;
};
using GridStencil = std::vector<GridWeight>;

/// The differences of one level: which unknowns a field or derivative is a sum of. Unknowns are numbered node
/// by node, slot by slot and field by field.
class GridStencils {
 public:
  GridStencils(const GridProblem& problem, const GridLayout& layout, int level)
      : problem_(&problem), layout_(&layout), level_(level) {}

  /// The value of a part of the domain at a node; the node's own value where it has none of that part.
  PetscInt unknown(const SpaceIndex& index, Sides part, int field) const;

  /// What a statement in the row of a node takes for a field or derivative.
  GridStencil argument(const GridRow& row, const SpaceIndex& node, const Derivative& derivative) const;

  /// The value at a node minus the value that nodes around it extrapolate to.
  GridStencil extrapolation(const GridRow& row, const SpaceIndex& node, int field) const;

  /// A derivative at x by differences of nodes, in space.
  GridStencil difference(const Point& x, Sides part, const Derivative& derivative) const;

  /// The second difference of a pressure over neighbours along a direction of space, minus the first
  /// difference taken twice: of fourth order in h, and zero for what is smooth. Where shapes or interfaces
  /// cut the latter, the former alone.
  GridStencil pressure_difference(const SpaceIndex& node, Sides part, std::size_t direction, int field) const;

 private:
  MultiIndex in_space(MultiIndex alpha) const;
  bool defined(const SpaceIndex& index, Sides part) const;

  const GridProblem* problem_;
  const GridLayout* layout_;
  int level_;
};

}  // namespace ddpinn
