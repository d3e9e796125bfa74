// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/misfit.hpp"
#include "judge/error_estimate.hpp"

#include <ddpinn/problem.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ddpinn {

/// The relative error of every field up to which a solution counts as resolved where the case asks for none.
inline constexpr double usual_accuracy = 0.01;
/// The same of errors that come from unknowns which data leave uncertain: numerics have no part in them, and
/// the standard errors of the unknowns tell them.
inline constexpr double usual_uncertainty = 0.1;

/// Why a solution is not one to rely on, where and what to do; empty where nothing speaks against it.
/// @param doubts about the problem itself: what makes its solution another one than was meant, or not unique
/// @param accuracy that was asked for; none: usual_accuracy, and usual_uncertainty of what data leave
/// uncertain
/// @note Collective.
std::optional<std::string> unresolved(const Problem&, const ErrorEstimates&,
                                      const std::map<std::string, Misfit>&,
                                      const std::vector<std::string>& doubts, std::optional<double> accuracy);

/// Whether all errors are rounding, so that it does not matter that an iteration has not met its own test.
bool exact_to_rounding(const std::vector<ErrorEstimate>&);

}  // namespace ddpinn
