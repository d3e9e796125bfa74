// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "grid/grid_mesh.hpp"
#include "problem/form_points.hpp"

#include <vector>

namespace ddpinn {

/// Points with the elements that they are in: one element after the other.
struct ElementPoints {
  PointSet set;                     ///< normals where on a boundary
  std::vector<SpaceIndex> element;  ///< its first node, by point

  std::size_t size() const { return set.size(); }
};

/// Gauss points of a weak form in all elements of a level.
ElementPoints points_of_form(const StatementGroup&, const GridMesh&, const Region&, int level);

/// Where a level's elements meet a condition: at the nodes of its faces and at its points, and at points of
/// its surfaces in the elements that they cut. A condition on the first level stands at all of its nodes.
ElementPoints points_of_condition(const StatementGroup&, const GridMesh&, const Region&, int level);

}  // namespace ddpinn
