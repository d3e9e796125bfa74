// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "geometry/quadrature.hpp"
#include "geometry/region.hpp"

#include <ddpinn/choices.hpp>

#include <cstdint>
#include <vector>

namespace ddpinn {

/// Points with the measure that each stands for; on a boundary with outward unit normals too.
struct PointSet {
  std::vector<Point> x;
  std::vector<double> measure;  ///< sums to about the volume (area, length) of what is sampled
  std::vector<Point> normal;    ///< outward from the domain; empty in the interior

  std::size_t size() const { return x.size(); }
};

/// Adds the points of `more` to `all`.
void append(PointSet& all, PointSet&& more);

/// Points inside both `core` and the region; where shapes cut the core, the measure only approximates the
/// volume.
/// @param counts points per direction (sobol and random draw their product)
/// @param seed stream of random numbers, the same on whichever rank this runs
PointSet sample_interior(const Region&, const Box& core, const std::vector<int>& counts, Sampling,
                         std::uint64_t seed);

/// A face of the domain's box: `direction`, and upper or lower.
struct Face {
  int direction = 0;
  bool upper = false;
};

/// Points on the part of the face that `core` touches (none where it does not, nor in a periodic direction,
/// which has no faces) inside the region; at least `count` per direction of the face (in one dimension, one
/// point of measure 1). Gauss points are at least 6 per direction: the outermost then lie within 3.4 % of the
/// core's width of the edges, which are thereby covered without rows on them, where the conditions of two
/// faces may contradict each other.
PointSet sample_face(const Region&, const Box& core, Face, int count, Sampling, std::uint64_t seed);

/// The same with exactly this many points by direction (the one across the face is ignored).
PointSet sample_face(const Region&, const Box& core, Face, const std::vector<int>& counts, Sampling,
                     std::uint64_t seed);

/// Points on the surface of shape `i` inside `core` and on the boundary of the domain (an interface: within
/// the domain, with normals from the inside of the shape to its outside), spaced by about the core's width
/// divided by `count`. A point on the border of two cores belongs to one of them (see in_core). The points
/// follow from shape, core and count; `seed` turns nothing, so that the points of neighbouring cores fit
/// together.
PointSet sample_surface(const Region&, std::size_t shape, const Box& core, int count, std::uint64_t seed);

}  // namespace ddpinn
