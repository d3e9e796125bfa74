// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <ddpinn/options.hpp>
#include <ddpinn/problem.hpp>

#include <cstddef>
#include <vector>

namespace ddpinn {

/// Whether the unknowns are fitted to solutions for given values of them: in time slabs and with interface
/// coupling, where no solve sees all of the problem at once, where networks are trained by gradients, whose
/// steps in fields and unknowns at once would go nowhere, and in weak forms, which say nothing of unknowns.
bool fits_forward_solutions(const Problem&, const Options&);

/// Whether any method follows gradients alone.
bool follows_gradients(const SolverOptions&);

/// Values that are observed, of all data sets.
std::size_t observations(const Problem&);

/// The problem for given values of the unknowns: they are parameters, and data are not among the rows.
/// @param values one per unknown
Problem forward_problem(Problem, const std::vector<double>& values);

}  // namespace ddpinn
