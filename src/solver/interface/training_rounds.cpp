// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/interface/training_rounds.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace ddpinn {

namespace {

/// Rounds that may fail to decrease the sum of squares one after the other.
constexpr int most_rejections = 12;
/// Local steps after which signals and the time limit are looked at.
constexpr int portion = 100;

}  // namespace

TrainingRounds::TrainingRounds(InterfaceLayer& layer, InterfaceTraining& training, Coefficients& coefficients,
                               const Options& options, const Monitor& monitor,
                               std::function<void()> solve_outputs)
    : layer_(layer),
      training_(training),
      coefficients_(coefficients),
      options_(options),
      monitor_(monitor),
      solve_outputs_(std::move(solve_outputs)) {}

TrainingOutcome TrainingRounds::run(Method method, int before, const Between& between, const Record* record) {
  const auto timed = start_phase(monitor_, std::string(spelling(method)));
  const int most = options_.solver.max_iterations;
  method_ = method;
  steps_ = options_.decomposition.interface.local_steps;
  first_ = objective_ = layer_.objective(coefficients_);
  if (record) go_on_from(*record);
  while (outcome_.stop_reason.empty() && outcome_.iterations < most) {
    between([&] { return this->record(); });
    const auto networks = training_.networks();
    const auto outputs = coefficients_;
    take_steps(std::min(steps_, most - outcome_.iterations));
    if (solve_outputs_) solve_outputs_();
    if (judge(layer_.objective(coefficients_))) {
      report(before);
    } else {
      training_.restore(networks);
      coefficients_ = outputs;
      if (steps_ == 1) training_.grow_damping(4);
      steps_ = std::max(1, steps_ / 2);
    }
  }
  if (outcome_.stop_reason.empty()) end(true, "all that solver.max_iterations allows");
  return outcome_;
}

Record TrainingRounds::record() const {
  return {.numbers = {{"rounds", as_numbers(outcome_.iterations, first_, objective_, steps_, rejections_)}}};
}

void TrainingRounds::go_on_from(const Record& record) {
  const auto& numbers = record.numbers.at("rounds");
  outcome_.iterations = static_cast<int>(numbers.at(0));
  first_ = numbers.at(1);
  objective_ = numbers.at(2);
  steps_ = static_cast<int>(numbers.at(3));
  rejections_ = static_cast<int>(numbers.at(4));
}

/// Local steps with the present traces.
void TrainingRounds::take_steps(int steps) {
  const auto locals = layer_.locals(coefficients_);
  int taken = 0;
  while (taken < steps && (taken == 0 || !monitor_.stop())) {
    const int next = std::min(portion, steps - taken);
    training_.round(locals, method_, next, coefficients_);
    taken += next;
  }
  outcome_.iterations += taken;
}

/// @returns whether what the round has found is kept
bool TrainingRounds::judge(double after) {
  const bool finite = std::isfinite(after);
  if (monitor_.stop()) {
    end(false, "a signal or the time limit");
    return finite;
  }
  if (!finite && !solve_outputs_) {
    end(false, "their residuals are not finite any more; take smaller steps");
    return true;
  }
  if (solve_outputs_ && !(after < objective_)) {
    if (++rejections_ == most_rejections)
      end(true, "no shorter round decreases the sum of squares of all subdomains");
    return false;
  }
  const double change = std::abs(objective_ - after);
  if (change <= options_.solver.tolerance * objective_)
    end(true, fmt::format("the last round changed the sum of squares by less than {:.1e} of itself",
                          options_.solver.tolerance));
  objective_ = after;
  rejections_ = 0;
  steps_ = std::min(2 * steps_, options_.decomposition.interface.local_steps);
  return true;
}

void TrainingRounds::end(bool converged, const std::string& reason) {
  outcome_.converged = converged;
  outcome_.stop_reason = fmt::format(
      "{} local steps of {} taken ({}); local residuals are at {:.1e} of those at its start",
      outcome_.iterations, spelling(method_), reason, first_ > 0 ? std::sqrt(objective_ / first_) : 0);
}

void TrainingRounds::report(int before) const {
  if (monitor_.iteration)
    monitor_.iteration({before + outcome_.iterations, 0, first_ > 0 ? std::sqrt(objective_ / first_) : 0,
                        objective_, monitor_.timers->elapsed()});
}

}  // namespace ddpinn
