// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "run/parts.hpp"

#include <string>
#include <vector>

namespace ddpinn {

/// Expressions over a solution, compiled. @param scope of its case
/// @throws Error on every rank, also where the expressions differ between ranks @note Collective.
StatementGroup compile_expressions(const Fields::Parts&, const std::vector<std::string>& expressions,
                                   const Scope& scope);

/// Their values at points of this rank, anywhere: one column for each expression, NaN outside the domain.
/// @note Collective.
std::vector<std::vector<double>> values_at(const Fields::Parts&, const std::vector<Point>& points,
                                           const StatementGroup& expressions);

}  // namespace ddpinn
