// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "geometry/sampling.hpp"

namespace ddpinn {

/// Points on the zero set of the level set of shape `i` inside the half open core and on the boundary of the
/// region, at least 3/4 of the core's width / `count` apart; for every kind of shape, in one to four
/// dimensions.
///
/// Centres of a lattice of cells near the zero set are projected on it by Newton's method along the gradient.
/// Their areas come from a discrete delta function (B. Engquist, A.-K. Tornberg, R. Tsai, "Discretization of
/// Dirac delta functions in level set methods", J. Comput. Phys. 207 (2005)) and go to the nearest point that
/// is kept. Parts of a shape thinner than a cell are not seen.
PointSet sample_implicit_surface(const Region&, std::size_t shape, const Box& core, int count);

}  // namespace ddpinn
