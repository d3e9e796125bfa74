// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "solver/interface/interface_training.hpp"
#include "solver/monitor.hpp"
#include "solver/training/training_outcome.hpp"

#include <functional>
#include <string>

namespace ddpinn {

/// Trains one layer of an interface coupling by one method, in rounds of local steps. Between rounds the
/// interface problem of the output layers is solved, or traces are exchanged only.
///
/// Where outputs are solved for, a round that does not decrease the sum of squares of all local problems is
/// taken back and followed by shorter ones: each subdomain reduces its own residual only, at traces that will
/// have changed.
class TrainingRounds {
 public:
  /// @param coefficients of the output layers, moved
  /// @param solve_outputs between rounds; empty: traces are exchanged only
  TrainingRounds(InterfaceLayer&, InterfaceTraining&, Coefficients& coefficients, const Options&,
                 const Monitor&, std::function<void()> solve_outputs);

  /// Between rounds, with what makes a record of the rounds' own state.
  using Between = std::function<void(const std::function<Record()>&)>;
  /// @param before steps taken already; the monitor goes on from there
  /// @param record from which it goes on; null: from the beginning @note Collective.
  TrainingOutcome run(Method, int before, const Between&, const Record* record);

 private:
  Record record() const;
  void go_on_from(const Record&);
  void take_steps(int steps);
  bool judge(double after);
  void end(bool converged, const std::string& reason);
  void report(int before) const;

  InterfaceLayer& layer_;
  InterfaceTraining& training_;
  Coefficients& coefficients_;
  const Options& options_;
  const Monitor& monitor_;
  std::function<void()> solve_outputs_;
  Method method_{};
  TrainingOutcome outcome_;
  double first_ = 0, objective_ = 0;
  int steps_ = 1;  ///< of the next round
  int rejections_ = 0;
};

}  // namespace ddpinn
