// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/point_groups.hpp"

#include <cstdint>
#include <vector>

namespace ddpinn {

/// How densely points stand in the box of a local problem.
struct BoxPoints {
  std::vector<int> interior;  ///< per direction of the box
  int boundary = 8;           ///< per direction of the box, on faces and surfaces
  Sampling sampling = Sampling::gauss;
  std::uint64_t seed = 1;
  bool data = false;  ///< whether the observations in the box are among the rows
};

/// Part of a subdomain's box inside the domain's. In periodic directions a box that reaches beyond the domain
/// has several parts, and coordinates in the box are those in the domain plus `shift`.
struct BoxPart {
  Box box;
  Point shift{};
};

/// All parts of subdomain k's box.
std::vector<BoxPart> box_parts(const Region&, const Decomposition&, int k);

/// A point in the box of subdomain k (in the box's own, not wrapped coordinates), covered by its network
/// alone, without a window.
Cover alone(const Decomposition&, int k, const Point& x);
/// The same for a point in the domain.
Cover alone(const Decomposition&, int k, Point x, const BoxPart&);

/// The rows of one box alone: equations at points all over it inside the domain, conditions on the part of
/// the boundary in it, and on interfaces, data where asked for. Its field is D N_k + G, without a window, for
/// each of its parts. All rows are one chunk: group after group, statement after statement, point after
/// point.
/// @param parts subdomains of one box, in different parts of the domain; of one alone there are no rows on
/// interfaces
/// @param further rows in a chunk below these, for whoever knows what stands there
LocalRows draw_box(const Model&, const Decomposition&, const std::vector<int>& parts, const BoxPoints&,
                   std::size_t further = 0);

}  // namespace ddpinn
