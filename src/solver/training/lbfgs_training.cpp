// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/training/lbfgs_training.hpp"

#include "assembly/dof_record.hpp"
#include "parallel/square_sum.hpp"
#include "solver/training/lbfgs.hpp"

#include <algorithm>

namespace ddpinn {

namespace {

/// Iterations after which all that is known of the curvature is forgotten, so that parameters alone are a
/// state from which another run goes on in the same way: TAO gives none of its own away.
constexpr int cycle = 200;

}  // namespace

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
  auto& journal = journal_of(monitor);
  if (const auto* record = journal.take("lbfgs")) {
    problem.before = static_cast<int>(record->number("iterations"));
    problem.first = record->number("first_norm");
    from_subdomains(field.layout(), record->blocks.at("parameters"), journal, parameters);
  }
  MinimisationResult result;
  do {
    journal.offer("lbfgs", Journal::Kept::always, [&] {
      return Record{
          .numbers = {{"iterations", {static_cast<double>(problem.before)}}, {"first_norm", {problem.first}}},
          .blocks = {{"parameters", by_subdomain(field.layout(), parameters)}}};
    });
    problem.max_iterations = std::min(cycle, options.max_iterations - problem.before);
    result = minimise_by_lbfgs(field.communicator(), problem, parameters);
    problem.before = result.iterations;
    problem.first = result.first;
  } while (result.is_cut && result.iterations < options.max_iterations);
  return {result.converged, result.stop_reason, result.iterations, 0};
}

}  // namespace ddpinn
