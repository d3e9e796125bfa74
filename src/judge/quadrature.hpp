// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "geometry/sampling.hpp"
#include "space/space.hpp"

#include <string>
#include <vector>

namespace ddpinn {

/// A part of the domain's boundary, and quadrature points on it.
struct BoundaryPlace {
  std::string name;  ///< "x.lower", the name of a shape
  PointSet points;   ///< of this rank, with outward normals
};

/// Quadrature points in this rank's cores; other ones than those of any solve. Cores that shapes or
/// interfaces cut are integrated on each side of these.
PointSet interior_quadrature(const Space&);

/// The same on every face (but periodic ones) and on the surface of every shape (but interfaces).
std::vector<BoundaryPlace> boundary_quadrature(const Space&);

}  // namespace ddpinn
