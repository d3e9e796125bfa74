// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/compressed_jacobian.hpp"
#include "solver/linear/krylov.hpp"

#include <memory>
#include <optional>
#include <vector>

namespace ddpinn {

/// A linearised least-squares problem of all output layers: the compressed Jacobian, and what it takes to
/// solve with it.
struct LinearProblem : CompressedJacobian {
  using CompressedJacobian::CompressedJacobian;

  /// @throws Interrupted @note Collective.
  void precondition(PreconditionerType kind, Timers* timers = nullptr, const StopTest& stop = {}) {
    preconditioner.emplace(kind, jacobian, compression.polynomial, timers, stop);
  }

  std::optional<Preconditioner> preconditioner;
  KrylovResult first;  ///< of the first solve with it
};

/// The blocks of the rows' Jacobian, with questions on the way whether to stop.
/// @throws Interrupted @note Collective.
SharedMatrices jacobian_blocks(const Communicator&, const Rows&, const Linearisation&, const StopTest& stop);

/// Compresses and preconditions. @param blocks uncompressed @throws Interrupted @note Collective.
std::unique_ptr<LinearProblem> make_linear_problem(const Communicator&, const Rows&, const KrylovOptions&,
                                                   const Monitor&, SharedMatrices blocks);

/// Output layers that minimise linearised rows, with the hidden layers as they are.
struct OutputStep {
  Field field;  ///< of the networks that cover rows of this rank
  int krylov_iterations = 0;
};

/// @param fields at which `linear` was taken @note Collective.
OutputStep solve_linear_outputs(const Communicator&, const Rows&, const Linearisation& linear,
                                const std::vector<FieldValues>& fields, const SolverOptions&, const Monitor&,
                                int nonlinear);

}  // namespace ddpinn
