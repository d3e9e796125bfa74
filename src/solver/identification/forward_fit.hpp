// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "parallel/communicator.hpp"
#include "solver/identification/observations.hpp"

#include <ddpinn/problem.hpp>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace ddpinn {

/// Any solver of the fields for given values of the unknowns.
struct ForwardModel {
  /// The weighted misfits of a solution, by row of this rank; empty where it was stopped. Not finite, or an
  /// AgreedError (Status::numerical), where there is no solution.
  /// @param anew by networks made for these values; else by those of the kept solution, and smooth in the
  /// values
  std::function<std::optional<std::vector<double>>(const std::vector<double>& values, bool anew)> misfits;
  /// Keeps the last solution.
  std::function<void()> keep;
  bool trains = false;  ///< networks made for other values are others
};

/// Unknowns that were fitted.
struct Fit {
  std::vector<double> values;
  std::vector<double> standard_errors;  ///< infinite for those that no observation depends on
  /// Independent changes of the unknowns by a standard deviation each.
  std::vector<std::vector<double>> deviations = {};
  bool converged = false;
  std::string stop_reason;
  int iterations = 0;
  double square = 0;  ///< sum of squares of the weighted misfits
  double step = 0;    ///< length of the next step in the norm of the inverse covariance
};

/// Minimises the sum of squares of the misfits over the unknowns, within their bounds: Gauss-Newton, with the
/// derivatives by differences of solutions, and a backtracking line search. Networks that are trained are
/// trained anew for the values found, and the fit goes on with them, until that changes nothing. Standard
/// errors are those of docs/mathematics.md, section 8. PETSc's TAOBRGN would ask for the derivatives at every
/// trial of its line search, which is a solution for each unknown.
/// @param report called after the derivatives of each iteration @note Collective.
Fit fit_unknowns(const Communicator&, const std::vector<Unknown>&, const Observations&, const ForwardModel&,
                 const std::function<void(const Fit&)>& report);

}  // namespace ddpinn
