// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/discretisation.hpp"
#include "parallel/communicator.hpp"
#include "solver/monitor.hpp"
#include "solver/nonlinear/feature_scale.hpp"

#include <ddpinn/options.hpp>
#include <ddpinn/result.hpp>

#include <optional>
#include <string>
#include <vector>

namespace ddpinn {

/// What the solver found.
struct Solution {
  std::vector<Matrix> coefficients;  ///< by block of the discretisation: features by fields, ghosts included
  std::vector<FieldValues> fields;   ///< at the rows' points, by group
  bool converged = false;
  std::string stop_reason;
  int nonlinear_iterations = 0;
  int krylov_iterations = 0;
  std::vector<double> scalars;          ///< values of the model's unknowns
  std::vector<double> standard_errors;  ///< of these, see docs/mathematics.md
  double residual = 0;                  ///< root mean square of the weighted rows
  long long unknowns = 0;
  long long rows = 0;
  long long coarse_unknowns = 0;
  long long bytes_exchanged = 0;             ///< by the training, see Result
  std::optional<InterfaceReport> interface;  ///< of the interface coupling only
};

/// All networks zero.
Solution zero_solution(const Discretisation&);

/// How a nonlinear solve begins.
struct Start {
  std::optional<Solution> fields = {};  ///< empty: all networks zero
  /// Of which the scale of the random features is chosen anew, about the solution, once that is near; empty:
  /// it stays. Where it changes, all features are drawn anew and fitted to the fields so far.
  std::optional<ScaleRange> choose_scale = {};
};

/// Solves for the output layers of all networks: in one step where every statement is affine in the fields,
/// else by Gauss-Newton with a backtracking line search on the sum of squares. The model's unknowns stay as
/// they are. @note Collective.
Solution solve_fields(const Communicator&, Discretisation&, const SolverOptions&, const Monitor&, Start = {});

}  // namespace ddpinn
