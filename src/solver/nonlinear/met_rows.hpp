// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "solver/solution.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ddpinn {

/// Whether a nonlinear solve can start from these fields: all residuals and their derivatives are finite, and
/// no statement is flat there, without a derivative that is not zero at any of its points (as |grad u| = 1 at
/// u = 0).
/// @param fields by group @note Collective.
bool can_start(const Rows&, const std::vector<FieldValues>& fields);

/// A statement that a solution does not meet.
struct Unmet {
  std::string name;
  double relative = 0;  ///< its root mean square residual over that of its terms
};

/// The equation or condition that a solution misses by most, where that is more than a tenth of its terms, by
/// the sizes that fields and derivatives have all over the domain: at a stationary point of the sum of
/// squares which is no solution. Data may have errors, and are left out. @note Collective.
std::optional<Unmet> worst_unmet(const Rows&, const Solution&);

/// Takes back that the iteration has converged, and says why, where its end is no solution.
/// @note Collective.
void require_solution(const Rows&, Solution&);

}  // namespace ddpinn
