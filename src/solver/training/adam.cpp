// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/training/adam.hpp"

#include "parallel/square_sum.hpp"

#include <fmt/format.h>
#include <cmath>

namespace ddpinn {

void AdamMoments::step(double learning_rate, std::span<const double> gradient, std::span<double> parameters) {
  constexpr double first_rate = 0.9, second_rate = 0.999, smallest = 1e-8;
  first_decay_ *= first_rate;
  second_decay_ *= second_rate;
  const double step = learning_rate / (1 - first_decay_), correction = 1 / std::sqrt(1 - second_decay_);
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const double g = gradient[i];
    first_[i] += (1 - first_rate) * (g - first_[i]);
    second_[i] += (1 - second_rate) * (g * g - second_[i]);
    parameters[i] -= step * first_[i] / (std::sqrt(second_[i]) * correction + smallest);
  }
}

void AdamProgress::report(int steps, double objective) {
  if (initial_ == 0) initial_ = objective;
  relative_ = initial_ == 0 ? 0 : std::sqrt(objective / initial_);
  if (monitor_.iteration)
    monitor_.iteration({steps + 1, 0, relative_, objective / 2, monitor_.timers->elapsed()});
}

bool AdamProgress::ends(TrainingOutcome& outcome, int round) const {
  if (monitor_.stop()) {
    outcome.converged = false;
    outcome.stop_reason = fmt::format("a signal or the time limit, after {} steps", outcome.iterations);
    return true;
  }
  outcome.converged = true;
  outcome.stop_reason =
      relative_ <= options_.tolerance
          ? fmt::format("residual fell to {:.1e} of the start after {} steps of Adam (solver.tolerance)",
                        relative_, outcome.iterations)
          : fmt::format("{} steps of Adam taken (solver.max_iterations)", outcome.iterations);
  return relative_ <= options_.tolerance || outcome.iterations + round > options_.max_iterations;
}

double learning_rate(const AdamOptions& options, int step) {
  return options.learning_rate * std::pow(options.decay_factor, step / options.decay_every);
}

TrainingOutcome train_by_adam(TrainableField& field, const SolverOptions& options, const Monitor& monitor,
                              ::Vec parameters) {
  const auto timed = start_phase(monitor, "adam");
  const auto& comm = field.communicator();
  const auto gradient = field.create_parameters();
  AdamMoments moments(field.layout().owned_size());
  AdamProgress progress(options, monitor);
  TrainingOutcome outcome;
  do {
    const auto linear = field.linearise(parameters);
    const int step = outcome.iterations++;
    if (AdamProgress::reports(step, options.max_iterations))
      progress.report(step, square_sum(comm, linear.residual));
    field.gradient(linear, gradient);
    moments.step(learning_rate(options.adam, step), petsc::ConstLocalArray(gradient).get(),
                 petsc::LocalArray(parameters).get());
  } while (!progress.ends(outcome));
  outcome.bytes_received = 2LL * outcome.iterations * field.ghost_bytes();
  return outcome;
}

}  // namespace ddpinn
