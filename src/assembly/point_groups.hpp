// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/point_drawing.hpp"
#include "space/point_group.hpp"

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

/// Adds drawn points and what is given there; covers and rows are still missing.
void append(PointGroup&, DrawnPoints);

/// A group of statements at given points; cores, covers and rows are still empty.
PointGroup point_group(const StatementGroup&, PointSet points, int dimension);

/// Gauss points of a core, cut where windows are not smooth (see core_drawings), as a quadrature of functions
/// of the composite solution.
/// @param counts points per direction
PointSet core_quadrature(const Region&, const Decomposition&, int k, const std::vector<int>& counts);

/// The same on the part of a face that a core touches. @param count points per direction
PointSet face_quadrature(const Region&, const Decomposition&, int k, Face, int count);

/// Draws the points in the cores that this rank owns. They depend on the case and the core only, not on the
/// rank.
LocalRows draw_rows(const Model&, const Decomposition&, const std::vector<int>& owner, int rank,
                    const PointsOptions&, std::uint64_t seed);

}  // namespace ddpinn
