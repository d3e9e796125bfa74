// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "space/field.hpp"

#include <ddpinn/result.hpp>

#include <string>
#include <vector>

namespace ddpinn {

/// Residuals of every equation and condition at points that were not used in the solve: Sobol points in the
/// cores, on faces and (spaced otherwise than the rows) on shapes. Conditions at single points are left out.
/// @note Collective.
std::vector<FreshResidual> fresh_residuals(const Field&);

/// Relative L2 errors of linear cases by the solution's own residuals. The error solves the linear problem
/// with the residual as right-hand side: this is done on a grid, with as many cells per core as the core has
/// points, see GridCorrection. To its root mean square that of the conditions' residuals is added, times a
/// core's width for each order of differentiation. The estimate is 1.5 times the sum. It is no guaranteed
/// bound: the grid does not see what oscillates within its cells. Empty for nonlinear cases, and where an
/// equation is of first order.
/// @param points_a_core by direction, or one number @throws Error (Status::case_file) for what has no
/// differences on a grid @note Collective.
std::vector<ErrorEstimate> estimate_by_residual(const Field&, const std::vector<FreshResidual>& residuals,
                                                const std::vector<int>& points_a_core);

/// What was found, line by line; with the ratio of estimate and true error where that is known.
std::vector<std::string> a_posteriori_lines(const Result& result);

}  // namespace ddpinn
