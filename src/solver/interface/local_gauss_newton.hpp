// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "solver/interface/trained_rows.hpp"
#include "solver/training/damping.hpp"

#include <ddpinn/options.hpp>

namespace ddpinn {

/// One iteration of Levenberg and Marquardt's method on the rows of one subdomain, with variable projection
/// where the options say so: output layers are undamped, and are solved for anew after the step.
/// @param damping kept from one iteration to the next @param parameters moved
/// @returns whether a step was taken; else the sum of squares is at its minimum, to `tolerance` of itself
bool gauss_newton_iteration(const TrainedRows&, std::span<const double> traces, const SolverOptions&,
                            Damping& damping, std::vector<double>& parameters);

}  // namespace ddpinn
