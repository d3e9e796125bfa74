// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/case/case_file.hpp"

namespace ddpinn {

/// A linear problem whose solution is a first guess at that of a nonlinear one: the smoothest fields, those
/// with the smallest gradients, that meet the conditions and data in which the fields are linear. Unknowns
/// have their initial values; networks are polynomials of low degree.
/// @param number as SolverOptions::start, from 1: of 2 and more the gradients are not the smallest, but the
/// nearest to those of a bump (2), a dent (3), a rise (4) or fall (5) along all coordinates, or waves, of
/// size one
CaseFile first_guess_case(const CaseFile&, int number);

}  // namespace ddpinn
