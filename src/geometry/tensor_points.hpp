// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "geometry/sampling.hpp"

namespace ddpinn {

/// Points in a box that may be flat in some directions (a face is); no normals, and nothing of any region.
/// @param counts points per direction, ignored where the box is flat (sobol and random draw their product)
PointSet box_points(const Box& box, const std::vector<int>& counts, Sampling, std::uint64_t seed);

/// Points per direction of a face for Gauss rules. See sample_face for why there is a least number.
int face_count(int count);

/// Gives every point the same normal.
void set_normal(PointSet& set, const Point& normal);

/// Drops the points that do not lie on the boundary of the region with the region on the inner side of their
/// normals.
void keep_boundary(const Region&, PointSet& set);

/// Drops the points that do not have the region on both sides along their normals.
void keep_within(const Region&, PointSet& set);

/// The points moved along their normals by this step.
std::vector<Point> moved(const PointSet& set, double step);

/// Drops the points whose flag is not set.
void keep_flagged(PointSet& set, const std::vector<char>& flag);

}  // namespace ddpinn
