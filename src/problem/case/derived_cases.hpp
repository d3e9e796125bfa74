// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/case/case_file.hpp"

#include <vector>

namespace ddpinn {

/// The case of one time slab: slab_problem with the options of the case.
CaseFile slab_case(const CaseFile&, int slab);

/// The case for given values of the unknowns. Where hidden layers are trained, output layers are solved for
/// at the end: what a training leaves of the rows would count as misfits.
CaseFile forward_case(const CaseFile&, const std::vector<double>& values);

/// The case with the parameters of solver.continuation at their values of this number, from 0. The last ones
/// are the case's own.
CaseFile continuation_case(const CaseFile&, std::size_t number);

/// How many such cases come before the case itself.
std::size_t continuation_steps(const SolverOptions&);

/// A linear problem whose solution is a first guess at that of a nonlinear one: the smoothest fields, those
/// with the smallest gradients, that meet the conditions and data in which the fields are linear. Unknowns
/// have their initial values; networks are polynomials of low degree.
/// @param number as SolverOptions::start, from 1: of 2 and more the gradients are not the smallest, but the
/// nearest to those of a bump (2), a dent (3), a rise (4) or fall (5) along all coordinates, or waves, of
/// size one
CaseFile first_guess_case(const CaseFile&, int number);

}  // namespace ddpinn
