// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "space/group_basis.hpp"
#include "space/space.hpp"

#include <functional>
#include <vector>

namespace ddpinn {

/// One trial of a scale.
struct ScaleTrial {
  double scale = 0;
  /// Sum of squares of the weighted rows at fresh points, over the representative subdomains; and what
  /// rounding leaves of the right-hand sides anyway, so that fits to rounding count as equally good.
  double misfit = 0;
  double given = 0;  ///< the same of the right-hand sides alone
};

/// The whole ladder of scales, the family's own and the next ones in the ladder, or the family's own alone.
enum class ScaleRange { all, near, own };

/// Fields and derivatives at points of this rank, a column each. Every rank asks at the same time, each for
/// its own points.
using DerivativesAt = std::function<FieldValues(const std::vector<Point>&, const std::vector<Derivative>&)>;

/// Chooses the range of the random features' first-layer weights, which decides the accuracy. For each of a
/// ladder of scales, a few representative subdomains (those with the largest right-hand sides) solve the
/// equations and conditions on their own boxes, with their own network alone; the scale with the smallest
/// residual on fresh points wins.
/// @param trials receives what was tried
/// @param about fields about which nonlinear equations are linearised; null: where all networks are zero
/// @param range what is tried; the family's own scale alone also where it does not matter to its networks
/// @note Collective.
double choose_scale(const Space&, std::vector<ScaleTrial>& trials, const DerivativesAt& about = {},
                    ScaleRange range = ScaleRange::all);

}  // namespace ddpinn
