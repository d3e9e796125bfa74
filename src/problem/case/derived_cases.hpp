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

}  // namespace ddpinn
