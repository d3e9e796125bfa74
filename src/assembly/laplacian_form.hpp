// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/point_groups.hpp"
#include "network/streams.hpp"

#include <optional>

namespace ddpinn {

/// The coefficients c where the statements of a group depend on second derivatives only by
///     L u = sum_k c_k d^2 u / dx_k^2
/// of each field, with the same constants c for all fields and points, whatever else they do with it. Then a
/// network needs to carry L u only, and it may stand in the place of the first of the second derivatives,
/// divided by its c, with zeros for the others (`TrainableGroup`).
///
/// Decided by the slopes dr/d(u_kk) at the group's points: exactly for statements that are affine in the
/// fields, for others at random fields of sizes from 1e-2 to 1e4. Nothing where a jet would be no larger,
/// and where third or mixed derivatives are needed.
std::optional<Directional> laplacian_form(const PointGroup&, const Model&);

/// The direction of a pure second derivative; -1 for others.
int second_derivative_direction(const MultiIndex&);

}  // namespace ddpinn
