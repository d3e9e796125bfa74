// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/adam.hpp"

#include "solver/trained_objective.hpp"
#include "solver/trained_scalars.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>

namespace ddpinn {

namespace {

/// Lines of the history that a training leaves, about.
constexpr int history_lines = 1000;

}  // namespace

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

double learning_rate(const AdamOptions& options, int step) {
  return options.learning_rate * std::pow(options.decay_factor, step / options.decay_every);
}

TrainingOutcome train_by_adam(TrainableField& field, Discretisation& discretisation,
                              const SolverOptions& options, const Monitor& monitor, ::Vec parameters) {
  const auto timed = start_phase(monitor, "adam");
  const auto& comm = field.communicator();
  const auto gradient = field.create_parameters();
  AdamMoments moments(field.layout().owned_size());
  TrainedScalars scalars(comm, discretisation);
  AdamMoments moments_of_scalars(scalars.size());
  const int stride = std::max(1, options.max_iterations / history_lines);
  double initial = 0;
  TrainingOutcome outcome;
  while (outcome.iterations < options.max_iterations) {
    const auto linear = linearise(field, parameters);
    field.gradient(linear, gradient);
    const int step = outcome.iterations++;
    moments.step(learning_rate(options.adam, step), petsc::ConstLocalArray(gradient).get(),
                 petsc::LocalArray(parameters).get());
    auto values = scalars.values();
    moments_of_scalars.step(learning_rate(options.adam, step), scalars.gradient(linear), values);
    scalars.set(values);
    if (step % stride == 0) {
      const double objective = square_sum(comm, linear.residual);
      if (step == 0) initial = objective;
      if (monitor.iteration)
        monitor.iteration({outcome.iterations, 0, std::sqrt(objective / initial), objective / 2,
                           monitor.timers->elapsed()});
    }
    if (monitor.stop()) {
      outcome.stop_reason = fmt::format("a signal or the time limit, after {} steps", outcome.iterations);
      return outcome;
    }
  }
  outcome.converged = true;
  outcome.stop_reason = fmt::format("{} steps of Adam taken (solver.max_iterations)", outcome.iterations);
  return outcome;
}

}  // namespace ddpinn
