// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "run/attempts.hpp"

namespace ddpinn {

/// Solves a case from as many first guesses, and initial values of its unknowns, as solver.starts says: as it
/// stands first, by solve_by_attempts, then from other ones, each once. Solutions that differ, by a percent
/// of a field or three standard errors of an unknown, are told in the warnings.
/// @returns the solution with the smallest residual of those that have converged, else that of the case as it
/// stands @throws Error as solve_by_attempts @note Collective.
Solved solve_from_starts(const CaseFile&, const Communicator&, const Monitor&, const SolveOnce&);

/// An initial value of an unknown, within its bounds: its own for number 0.
double initial_value(const Unknown&, std::size_t index, int number);

}  // namespace ddpinn
