// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "parallel/communicator.hpp"
#include "petsc/handle.hpp"

#include <functional>
#include <string>

namespace ddpinn {

/// A smooth function of a vector, to be minimised.
struct Minimisation {
  /// Value and gradient. @note Collective.
  std::function<double(::Vec x, ::Vec gradient)> evaluate;
  /// Told of each iteration: its number, the value, and the norm of the gradient relative to the first.
  /// @returns whether to go on @note Collective.
  std::function<bool(int iteration, double value, double norm)> report = {};
  double tolerance = 0;  ///< of the gradient's norm, relative to the first
  int max_iterations = 100;
  int before = 0;    ///< iterations that were taken already
  double first = 0;  ///< norm of their first gradient
};

struct MinimisationResult {
  bool converged = false;  ///< or all iterations were taken
  std::string stop_reason;
  int iterations = 0;   ///< those before included
  double first = 0;     ///< norm of the first gradient
  bool is_cut = false;  ///< by the number of iterations alone
};

/// PETSc's limited-memory quasi-Newton method, TAO's lmvm with the line search of More and Thuente. All of
/// PETSc's -tao_ options apply. @param x start and end @note Collective.
MinimisationResult minimise_by_lbfgs(const Communicator&, const Minimisation&, ::Vec x);

}  // namespace ddpinn
