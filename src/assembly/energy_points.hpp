// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/point_drawing.hpp"

namespace ddpinn {

/// The points of an energy in the core of subdomain k: Gauss points for integrals of products of derivatives.
/// Each part of the core between ends of windows has a rule of its own, along a direction of n points where
/// it is widest, and of n / 2 + 2, 7 at least, elsewhere. Parts that shapes, interfaces, `where` or jumps of
/// the density cut are integrated on each side (cut_quadrature.hpp). Conditions beside an energy stand at
/// such points too: where shapes leave a part of a face, polynomials would swing between the few points of a
/// rule for all of it.
PointSet energy_points(const StatementGroup&, const Region&, const Decomposition&, int k,
                       const PointsOptions&);

}  // namespace ddpinn
