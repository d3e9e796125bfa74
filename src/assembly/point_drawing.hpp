// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "decomposition/decomposition.hpp"
#include "problem/model.hpp"

#include <ddpinn/options.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace ddpinn {

/// Where points are drawn, how densely, and by which sampling.
struct Drawing {
  Box box;                     ///< a core, or part of a subdomain's box
  Box around = box;            ///< single points in it are taken
  std::vector<int> interior;   ///< points per direction
  std::vector<int> face = {};  ///< the same on faces
  int surface = 1;             ///< points per width of the box on surfaces
  Sampling sampling = Sampling::gauss;
  /// Where Gauss rules are cut, ends of the box included, by direction; empty: nowhere.
  std::vector<std::vector<double>> cuts = {};
  /// In which parts of the domain points are kept; empty: in all.
  std::function<bool(Sides)> kept = {};
};

/// In the core of subdomain k, cut where windows are not smooth. Across such cuts a Gauss rule would lose its
/// accuracy, and the residual the orthogonality that makes the error in u small: on multi-scale Laplace
/// problems it is up to a hundred times smaller with the cuts, at the same number of points. Where shapes and
/// interfaces cut the core, each part is drawn by itself.
/// @param counts points per direction
std::vector<Drawing> core_drawings(const Decomposition&, int k, const std::vector<int>& counts, Sampling);

/// On faces and surfaces in that core, the latter as dense as the points of the smallest part of the core
/// that has a network. @param count points per direction
Drawing boundary_drawing(const Decomposition&, int k, int count, Sampling);

/// Points of a drawing inside the region. @param seed of random numbers
PointSet draw_interior(const Region&, const Decomposition&, const Drawing&, std::uint64_t seed);
/// The same on a face of the domain's box that the drawing's box touches.
PointSet draw_face(const Region&, const Drawing&, Face, std::uint64_t seed);

/// Points of statements, and the observations there, a column for each.
struct DrawnPoints {
  PointSet points;
  std::vector<std::vector<double>> given;
};

/// The points where a group of statements holds: all points of rows come from here. They depend on the case
/// and the drawing only, not on the rank.
/// @param stream of random numbers; each face and surface has one of its own, the next
DrawnPoints draw(const StatementGroup&, const Region&, const Decomposition&, const Drawing&,
                 std::uint64_t& stream);

}  // namespace ddpinn
