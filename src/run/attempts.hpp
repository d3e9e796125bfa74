// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "parallel/communicator.hpp"

#include <ddpinn/solve.hpp>

#include <functional>

namespace ddpinn {

/// Solves a case as it stands. @param gives_up whether the first time slab that does not converge ends it
using SolveOnce = std::function<Solved(const CaseFile&, bool gives_up)>;

/// Solves a case, and where a nonlinear solve from nothing does not converge, again in the ways that may help
/// and the case leaves open: from the smoothest fields that meet the conditions, from the solution on a grid,
/// by continuation in a small factor, in time slabs, from other first guesses. What helped is in the options
/// of the solved case.
/// @returns the first solution whose iterations have met their tests, and whose errors are not as large as
/// the fields; else that of the case as it stands
/// @throws Error as the solve of the case as it stands, where nothing helps @note Collective.
Solved solve_by_attempts(const CaseFile&, const Communicator&, const Monitor&, const SolveOnce&);

}  // namespace ddpinn
