// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "grid/grid_problem.hpp"

#include <vector>

namespace ddpinn {

/// The conditions that stand at a node, each as a row that some field may take, in the order of the case
/// file. Those of shapes and interfaces: see GridShapes, GridInterfaces.
class GridConditions {
 public:
  explicit GridConditions(const GridProblem& problem) : problem_(&problem) {}

  /// Whether the group's statements hold at a point.
  static bool holds(const StatementGroup& group, const Point& x);

  /// By direction: where a node is on a face, the step away from it.
  SpaceIndex inward(const SpaceIndex& index) const;
  /// How many faces a node is on.
  int faces_of(const SpaceIndex& index) const;

  /// Those on the faces that the node is on.
  std::vector<GridRow> on_faces(const SpaceIndex& index, int level) const;
  /// Those on t.lower for derivatives in time of this order. @param given see GridRow::given
  std::vector<GridRow> at_start(const SpaceIndex& index, int time_order,
                                const std::vector<double>& given) const;
  /// Those at points that the node is nearest to.
  std::vector<GridRow> at_points(const SpaceIndex& index, int level) const;

 private:
  const GridProblem* problem_;
};

}  // namespace ddpinn
