// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "space/point_group.hpp"

#include <ddpinn/options.hpp>

#include <cstdint>
#include <vector>

namespace ddpinn {

/// The rows on this rank that one set of subdomains covers; consecutive.
struct RowChunk {
  std::vector<int> subdomains;  ///< ascending, each once
  std::size_t begin = 0;
  std::size_t count = 0;
};

/// All rows on this rank: points are elements, network parameters are degrees of freedom.
struct LocalRows {
  std::vector<PointGroup> groups;
  std::vector<RowChunk> chunks;
  std::size_t count = 0;
};

/// The points at which `where` holds; all without one.
PointSet only_where(const std::optional<Expression>& where, PointSet points);

/// The single points of a group that lie in a core (or a box), and what is given there.
/// @param box of the domain @param given a column for each of the group's is appended to
void append_single_points(const StatementGroup&, const Box& core, const Box& box, PointSet& points,
                          std::vector<std::vector<double>>& given);

/// A group of statements at given points; cores, covers and rows are still empty.
PointGroup point_group(const StatementGroup&, PointSet points, int dimension);

/// Gauss points of a core, cut where windows are not smooth (see draw_rows), as a quadrature of functions of
/// the composite solution.
/// @param counts points a direction
PointSet core_quadrature(const Region&, const Decomposition&, int k, const std::vector<int>& counts);

/// The same on the part of a face that a core touches. @param count points a direction
PointSet face_quadrature(const Region&, const Decomposition&, int k, Face, int count);

/// Draws the points in the cores that this rank owns. They depend on the case and the core only, not on the
/// rank.
LocalRows draw_rows(const Model&, const Decomposition&, const std::vector<int>& owner, int rank,
                    const PointsOptions&, std::uint64_t seed);

}  // namespace ddpinn
