// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "solver/monitor.hpp"
#include "solver/nonlinear/linear_problem.hpp"

namespace ddpinn {

/// What a richer space adds to fields.
struct Correction {
  Field field;             ///< of the networks that cover rows of this rank
  bool converged = false;  ///< to a percent
  /// How the fields change with the unknowns, by a standard deviation of these in independent directions.
  std::vector<Field> uncertain = {};
};

/// The change of the fields, and of the model's unknowns with them, that minimises the rows of a richer
/// space, linearised at the fields.
/// @param solved the problem by which they were found, whose coordinates and preconditioner serve again;
/// null: all is made anew, at several times the cost @throws Interrupted @note Collective.
Correction correction(const Communicator&, Rows& rich, const std::vector<FieldValues>& fields,
                      const LinearProblem* solved, const SolverOptions&, const Monitor&);

}  // namespace ddpinn
