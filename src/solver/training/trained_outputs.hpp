// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/discretisation.hpp"
#include "solver/linear/krylov.hpp"

namespace ddpinn {

/// Output layers that minimise the linearised rows, with the hidden layers as they are.
struct OutputStep {
  Field field;  ///< of the networks that cover rows of this rank
  int krylov_iterations = 0;
};

/// @param fields at which `linear` was taken @note Collective.
OutputStep solve_linear_outputs(const Communicator&, const Discretisation&, const Linearisation& linear,
                                const std::vector<FieldValues>& fields, const SolverOptions&, const Monitor&,
                                int nonlinear);

/// The Jacobian blocks with respect to the output layers. No communication.
std::vector<Matrix> output_jacobian(const Discretisation&, const Linearisation&);

}  // namespace ddpinn
