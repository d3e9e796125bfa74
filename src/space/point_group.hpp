// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "decomposition/point_covers.hpp"
#include "network/jet_space.hpp"
#include "problem/model.hpp"
#include "space/row_places.hpp"

#include <functional>
#include <vector>

namespace ddpinn {

/// Points at which fields and some of their derivatives are wanted, and who covers them. Those of the rows of
/// a group of statements on this rank are those in the cores of its subdomains, in an order in which points
/// that are covered by the same subdomains stand together.
struct PointGroup {
  const StatementGroup* statements = nullptr;
  std::vector<Derivative> derivatives;  ///< that are wanted, as by the statements
  JetSpace space{1, {}};                ///< all of their multi-indices
  PointSet points;
  double probe_step = 0;                   ///< on interfaces: to the points that tell the sides
  std::vector<std::vector<double>> given;  ///< columns of known values that the statements read
  std::vector<int> core;                   ///< whose core holds the point
  PointCovers cover;                       ///< who covers the point; on interfaces from both sides
  RowPlaces rows;
};

/// A group of points; cores, covers and rows are still empty.
PointGroup point_group(PointSet points, std::vector<Derivative> derivatives, int dimension);

/// The networks of one part of the domain that cover a point.
using CoversAt = std::function<std::vector<Cover>(const Point&, Sides)>;

/// Who covers points of interfaces from both sides. Empty where both sides are the same part of the domain,
/// as at corners where shapes meet, or where nobody covers one of them.
std::vector<std::vector<Cover>> covers_of_sides(const PointSet&, const Region&, const Decomposition&,
                                                const CoversAt&);

/// Covers the points of an interface by the networks of both sides, and drops those without.
void cover_both_sides(PointGroup&, const Region&, const Decomposition&);

}  // namespace ddpinn
