// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "grid/grid_problem.hpp"

#include <vector>

namespace ddpinn {

/// The point of a shape's surface that is nearest to x, by a few steps along the gradient of its level set.
struct SurfacePoint {
  Point x;
  Point normal;  ///< out of the shape
};
SurfacePoint nearest_on_surface(const GridProblem& problem, std::size_t shape, const Point& x);

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
  /// values at the nodes of a part of the domain around a node best, and at that node itself if it is
  /// `included`: the value of the part there, a ghost where the node lies elsewhere.
  std::vector<Weight> fit(const SpaceIndex& node, bool included, int level, Sides part, const Point& x,
                          const MultiIndex& alpha) const;

 private:
  std::vector<SpaceIndex> members(const SpaceIndex& node, bool included, int level, Sides part,
                                  int reach) const;

  const GridProblem* problem_;
};

}  // namespace ddpinn
