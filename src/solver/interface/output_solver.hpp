// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "solver/interface/interface_layer.hpp"
#include "solver/interface/outer_iteration.hpp"
#include "solver/monitor.hpp"
#include "solver/solution.hpp"

#include <ddpinn/options.hpp>

#include <functional>
#include <optional>
#include <vector>

namespace ddpinn {

/// Solves the interface problem of one layer for its output layers, with hidden layers as they are. Nonlinear
/// problems: Newton outside, the interface iteration of the linearised problem inside.
class OutputSolver {
 public:
  /// What a checkpoint holds beside Newton's own state.
  struct State {
    std::function<Record()> record;
    std::function<void(const Record&)> go_on_from;
  };

  /// @param coefficients that are found @param solution where iterations and reasons are told
  OutputSolver(const Space& space, const Options& options, const Monitor& monitor, Coefficients& coefficients,
               Solution& solution, State state)
      : space_(space),
        options_(options),
        monitor_(monitor),
        coefficients_(coefficients),
        solution_(solution),
        state_(std::move(state)) {}

  /// @param first whether to weight rows, and to start from the grid
  /// @returns whether it has converged @note Collective.
  bool solve(InterfaceLayer&, double tolerance, bool first);

 private:
  bool newton(InterfaceLayer&, bool reweight);
  bool linearise(InterfaceLayer&, bool reweight);
  OuterResult iterate(InterfaceLayer&, double tolerance, std::vector<double>& y);
  bool advance(InterfaceLayer&, const Coefficients& step);
  void add(const Coefficients& step, double length);
  std::optional<bool> end(double change, double previous, bool moved, int iteration);

  bool keeps_states() const { return !options_.solver.trains(); }
  const Record* begin_newton(InterfaceLayer&);
  void offer_state(InterfaceLayer&, int iteration, double previous);

  const Space& space_;
  const Options& options_;
  const Monitor& monitor_;
  Coefficients& coefficients_;
  Solution& solution_;
  State state_;
};

}  // namespace ddpinn
