// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/model.hpp"

#include <ddpinn/options.hpp>

#include <optional>
#include <vector>

namespace ddpinn {

/// The points of a weak form in a box, a core or an element: Gauss points for integrals of products of
/// derivatives. Each part of the box between cuts, where windows end, has a rule of its own, along a
/// direction of n points where it is widest, and of n / 2 + 2, 7 at least, elsewhere. Parts that shapes,
/// interfaces, `where` or jumps of the density cut are integrated on each side (cut_quadrature.hpp).
/// Conditions beside an energy stand at such points too: where shapes leave a part of a face, polynomials
/// would swing between the few points of a rule for all of it.
/// @param cuts by direction, ends included; the box may be flat in some directions, where they are one
PointSet form_points(const StatementGroup&, const Region&, const Box&,
                     const std::vector<std::vector<double>>& cuts, const PointsOptions&);

/// The points at which `where` holds; all without one.
PointSet only_where(const std::optional<Expression>& where, PointSet points);

}  // namespace ddpinn
