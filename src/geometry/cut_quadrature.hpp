// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "geometry/sampling.hpp"

#include <functional>
#include <span>
#include <vector>

namespace ddpinn {

/// A number for each point that tells the parts of a box apart, in each of which an integrand is smooth.
using PartOf = std::function<std::vector<int>(std::span<const Point>)>;

/// A rule for integrals over a box whose integrand is smooth in each part and jumps between parts, as of a
/// domain cut by surfaces. Lines along one direction are cut where they leave a part, and the directions
/// across these where lines begin to pass other parts (R. I. Saye, SIAM J. Sci. Comput. 37, 2015, with a
/// function of parts in place of level sets); each piece gets a Gauss rule. A box in which no direction
/// crosses the surfaces once is halved in all directions first, three times at most. Where the surfaces are
/// smooth and the lines cross them, the error falls as that of Gauss rules; at parts thinner than an eighth
/// of the box, and at lines that only touch a surface, it falls as a power of the points.
/// @param counts points per direction of a piece of the whole width
PointSet cut_quadrature(const Box&, const std::vector<int>& counts, const PartOf&);

/// A rule for integrals over the surface between the parts 0 and 1 in a box, in the same way: points where
/// lines cross it, with unit normals from part 1 to part 0.
/// @param level set of the surface, negative in part 1, whose gradient is the normal's direction
PointSet surface_quadrature(const Box&, const std::vector<int>& counts, const LevelSet& level);

}  // namespace ddpinn
