// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/training/lbfgs_training.hpp"

#include "parallel/square_sum.hpp"
#include "solver/training/lbfgs.hpp"

namespace ddpinn {

TrainingOutcome train_by_lbfgs(TrainableField& field, const SolverOptions& options, const Monitor& monitor,
                               ::Vec parameters) {
  const auto timed = start_phase(monitor, "lbfgs");
  Minimisation problem;
  problem.evaluate = [&](::Vec at, ::Vec gradient) {
    const auto linear = field.linearise(at);
    field.gradient(linear, gradient);
    return square_sum(field.communicator(), linear.residual) / 2;
  };
  problem.report = [&](int iteration, double value, double norm) {
    if (monitor.iteration) monitor.iteration({iteration, 0, norm, value, monitor.timers->elapsed()});
    return !monitor.stop();
  };
  problem.tolerance = options.tolerance;
  problem.max_iterations = options.max_iterations;
  const auto result = minimise_by_lbfgs(field.communicator(), problem, parameters);
  return {result.converged, result.stop_reason, result.iterations, 0};
}

}  // namespace ddpinn
