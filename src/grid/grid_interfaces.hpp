// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "grid/grid_problem.hpp"

#include <optional>
#include <span>
#include <vector>

namespace ddpinn {

/// Interfaces between materials on the grid. Where two neighbours are in parts on two sides of an interface,
/// each has a ghost of the other's part. Of the interface's conditions, the lower orders (continuous fields)
/// stand in the rows of the ghosts of the softer part, the higher ones (continuous fluxes) in those of the
/// stiffer one, at the point of the interface that is nearest to the ghost.
class GridInterfaces {
 public:
  explicit GridInterfaces(const GridProblem& problem) : problem_(&problem) {}

  /// The conditions of a node's ghost of a part; none where the interface between the two can't be told
  /// (where several cross): the ghost is extrapolated there.
  std::vector<GridRow> conditions(const SpaceIndex& index, int level, Sides part) const;

 private:
  /// A place on an interface, with the parts on its sides.
  struct Foot {
    std::size_t shape;
    Point x, normal;
    Sides minus, plus;
  };
  std::optional<Foot> foot(const Point& x, Sides a, Sides b) const;
  std::vector<int> statements_on(std::size_t shape) const;
  bool minus_is_stiffer(const Foot& at, std::span<const int> fluxes) const;

  const GridProblem* problem_;
};

}  // namespace ddpinn
