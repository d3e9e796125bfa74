// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "run/time_part.hpp"
#include "solver/monitor.hpp"
#include "solver/solution.hpp"

#include <optional>

namespace ddpinn {

/// Where a nonlinear solve of the first part in time starts, by SolverOptions::start: from the solution of
/// first_guess_case, fitted to the part's networks. Where the case leaves it open, only if zero is no start,
/// since the statements are not finite or flat there; and with a bump or a dent, as large as makes the rows
/// smallest, where they are flat without. @returns empty for zero @note Collective.
std::optional<Solution> first_guess(const CaseFile& whole, TimePart&, const Monitor&);

}  // namespace ddpinn
