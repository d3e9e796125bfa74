// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "run/one_solve.hpp"

namespace ddpinn {

/// Solves a case with `solver.accuracy`: from coarse to fine, each level with numerics that follow from the
/// one before and, where it is nonlinear, from its fields, until the estimated error of every field is below
/// the accuracy, or something stands in the way. The fields' case holds what was chosen, and
/// Result::stop_reason tells why it ended.
/// @param how all levels are solved, but for what each starts from
/// @pre the case asks for an accuracy @note Collective.
Solved solve_to_accuracy(const CaseFile&, MPI_Comm, const Monitor&, const OneSolve& how);

}  // namespace ddpinn
