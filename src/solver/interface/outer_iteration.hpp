// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "solver/interface/interface_layer.hpp"
#include "solver/monitor.hpp"

#include <ddpinn/options.hpp>

#include <string>
#include <vector>

namespace ddpinn {

struct OuterResult {
  int iterations = 0;  ///< evaluations of F: one exchange of traces and one solve of each local problem
  bool converged = false;
  bool stopped = false;  ///< by a signal or the time limit
  double change = 0;     ///< |F(y) - y| relative to |F(0)|
  std::string reason;
};

/// Solves y = F(y) for a linearised layer: by GMRES on (1 - F') y = F(0), by Anderson mixing, or by y <-
/// F(y). Ends with an evaluation of F at the solution, so that y is the outcome of local solves.
/// @param tolerance of |F(y) - y| relative to |F(0)| @param y this rank's unknowns; zero at the start
/// @param before iterations counted already; the monitor goes on from there @note Collective.
OuterResult solve_outer(const Communicator&, InterfaceLayer&, Acceleration, double tolerance,
                        int max_iterations, const Monitor&, int nonlinear, int before,
                        std::vector<double>& y);

}  // namespace ddpinn
