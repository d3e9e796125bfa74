// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/compression.hpp"
#include "solver/krylov.hpp"
#include "solver/least_squares.hpp"

#include <memory>
#include <vector>

namespace ddpinn {

/// What a linearised problem is solved for.
///
/// The whole solution is best while steps are long. The step from a poor iterate is rough, its coefficients
/// are large, and what rounding leaves of them in the sum of all steps no later step can represent: on
/// Kovasznay's flow sums of steps ended at errors of 2e-6, whole solutions at 2e-9. Increments are best at
/// the end, where they are small and so is their rounding.
enum class Target { solution, increment };

/// The compressed Jacobian of the rows at some fields, and what it takes to solve with it.
struct LinearProblem {
  Compression compression;
  std::unique_ptr<DofLayout> layout;
  std::unique_ptr<JacobianOperator> jacobian;
  std::unique_ptr<Preconditioner> preconditioner;
};

/// One linearised least-squares problem: its step in coefficients and fields.
struct Step {
  LinearProblem problem;
  std::vector<Matrix> coefficients;
  std::vector<FieldValues> fields;
  KrylovResult krylov;
  double linear_objective = 0;  ///< |J dc + r|^2
  long long unknowns = 0;
  long long coarse_unknowns = 0;
};

/// Linearises at the present fields and solves. @param nonlinear number of the step, for the monitor
/// @note Collective.
Step linear_step(const Communicator&, const Discretisation&, const SolverOptions&, const Monitor&,
                 const Solution& present, Target, int nonlinear);

double square_sum(const Communicator&, const std::vector<double>&);

/// Weights the rows anew at these fields, and returns their sum of squares. @note Collective.
double weighted_objective(const Communicator&, Discretisation&, const std::vector<FieldValues>&);

/// fields + length * direction
std::vector<FieldValues> combined(const std::vector<FieldValues>& fields, double length,
                                  const std::vector<FieldValues>& direction);

/// solution += length * step
void accept(const Step&, double length, Solution&);

/// The largest change of a field or derivative relative to its largest value. @note Collective.
double change(const Communicator&, const Step&, const Solution&);

/// Takes the longest of the steps 1, 1/2, 1/4, ... that decreases the sum of squares (Armijo's condition), or
/// none. @note Collective.
bool advance(const Communicator&, const Discretisation&, const Step&, Solution&, double& objective);

}  // namespace ddpinn
