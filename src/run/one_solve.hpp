// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "base/timers.hpp"
#include "solver/nonlinear/network_fit.hpp"

#include <ddpinn/solve.hpp>

#include <string>
#include <vector>

namespace ddpinn {

/// How one solve of several, with other numerics each, behaves.
struct OneSolve {
  /// Fields anywhere in the domain from which nonlinear solves start; empty: as the options say. Collective.
  FieldsAt start = {};
  /// Whether it ends with the first time slab that does not converge.
  bool gives_up = false;
  /// What makes any solution of the problem doubtful (problem/advice/advice.hpp), the same for all numerics.
  std::vector<std::string> doubts = {};
  Timers timers = {};  ///< that have run since the whole began
};

/// A solve with the numerics that the options say, whatever accuracy they ask for. @note Collective.
Solved solve_once(const CaseFile&, MPI_Comm, const Monitor&, const OneSolve&);

}  // namespace ddpinn
