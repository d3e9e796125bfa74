// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "coarse/grid_problem.hpp"

#include <vector>

namespace ddpinn {

/// Removed and kept shapes on the grid. A node outside the domain next to one inside is a ghost: it carries
/// the conditions of the shape that it lies behind, taken at the nearest point of the shape's surface.
class GridShapes {
 public:
  explicit GridShapes(const GridProblem& problem) : problem_(&problem) {}

  /// Whether a neighbour of the node, diagonal ones included, lies inside.
  bool touches_inside(const SpaceIndex& index, int level) const;

  /// The conditions of the shape that x, outside, lies behind.
  std::vector<GridRow> conditions(const Point& x) const;

  /// A node and its weight in a fit.
  struct Weight {
    SpaceIndex index;
    double value;
  };
  /// The derivative alpha at x of the polynomial, quadratic where there are nodes enough, that fits the
  /// values at a ghost and at the nodes inside around it best.
  std::vector<Weight> fit(const SpaceIndex& ghost, int level, const Point& x, const MultiIndex& alpha) const;

 private:
  std::vector<SpaceIndex> around(const SpaceIndex& index, int reach) const;

  const GridProblem* problem_;
};

}  // namespace ddpinn
