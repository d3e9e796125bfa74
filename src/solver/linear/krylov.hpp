// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "solver/linear/preconditioner.hpp"
#include "solver/monitor.hpp"

#include <ddpinn/options.hpp>

#include <string>
#include <vector>

namespace ddpinn {

struct KrylovResult {
  int iterations = 0;
  double residual = 0;  ///< relative, in the norm of the stopping test
  double error = 0;     ///< of "cg": the same, not relative, about the norm of J times the error of y
  bool converged = false;
  bool indefinite = false;  ///< where the matrix is not positive definite
  double condition = 1;     ///< of the preconditioned normal matrix, as far as "cg" has seen it
  std::string reason;
};

/// All but the reason, for records; and back.
std::vector<double> numbers_of(const KrylovResult&);
KrylovResult krylov_result_of(const std::vector<double>&);

/// Solves min |J y + r| for y. "cg" runs on the normal equations, and is restarted from the true residual
/// until that satisfies the tolerance too, since the recurrence of the normal equations loses digits; "lsqr"
/// works on J itself. All of PETSc's -ksp_ options apply; without any "cg" is our own, with the same numbers,
/// and its state between two steps can be in a checkpoint.
/// @param r weighted residuals of this rank's rows @param nonlinear number of the outer step, for the monitor
/// @param gradient that of a linear function of y, which is added: min |J y + r|^2 / 2 + gradient . y, by
/// "cg"; may be null @param name of the solve in the monitor's journal, which goes on from the state that it
/// finds there; empty: there is none @note Collective.
KrylovResult solve_least_squares(const JacobianOperator&, const Preconditioner&, const SolverOptions&,
                                 const std::vector<double>& r, ::Vec y, const Monitor&, int nonlinear,
                                 ::Vec gradient = nullptr, const std::string& name = {});

/// Sets up such a solver with PETSc's options, and solves nothing. @throws Error where PETSc refuses one.
/// @note Collective.
void try_krylov_options(const Communicator&, const SolverOptions&);

}  // namespace ddpinn
