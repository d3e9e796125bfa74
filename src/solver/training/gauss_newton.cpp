// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/training/gauss_newton.hpp"

#include "assembly/dof_record.hpp"
#include "parallel/square_sum.hpp"
#include "solver/nonlinear/linear_problem.hpp"
#include "solver/training/damped_system.hpp"
#include "solver/training/damping.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>

namespace ddpinn {

using petsc::check;

namespace {

/// Factor by which a good step lets the damping fall at most: Poisson's equation on trained networks is at
/// 2.1e-7 after 60 iterations, with Nielsen's 3 at 2.7e-7. Subdomains that train by themselves want 3, since
/// neighbours go too far together.
constexpr double largest_fall = 5;

class GaussNewton {
 public:
  GaussNewton(TrainableField& field, Rows& discretisation, const SolverOptions& options,
              const Monitor& monitor, ::Vec parameters, const Redistribution& redistribution)
      : field_(field),
        discretisation_(discretisation),
        options_(options),
        monitor_(monitor),
        parameters_(parameters),
        redistribution_(redistribution),
        trial_(field.create_parameters()) {}

  TrainingOutcome run() {
    const auto timed = start_phase(monitor_, "gauss-newton");
    auto& journal = journal_of(monitor_);
    if (const auto* record = journal.take("gauss_newton")) go_on_from(*record);
    while (outcome_.iterations < options_.max_iterations) {
      journal.offer("gauss_newton", Journal::Kept::always, [&] { return record_of_state(); });
      if (!iterate()) break;
      if (redistribution_.every > 0 && outcome_.iterations % redistribution_.every == 0)
        redistribution_.redistribute();
    }
    if (outcome_.stop_reason.empty()) {
      outcome_.converged = true;
      outcome_.stop_reason =
          fmt::format("{} Gauss-Newton iterations taken (solver.max_iterations)", outcome_.iterations);
    }
    return outcome_;
  }

 private:
  Record record_of_state() const {
    return {.numbers = {{"damping", damping_.numbers()},
                        {"unknowns", discretisation_.unknowns()},
                        {"state", as_numbers(outcome_.iterations, outcome_.krylov_iterations, initial_)}},
            .blocks = {{"parameters", by_subdomain(field_.layout(), parameters_)}}};
  }

  void go_on_from(const Record& record) {
    damping_.take(record.numbers.at("damping"));
    discretisation_.set_unknowns(record.numbers.at("unknowns"));
    const auto& numbers = record.numbers.at("state");
    outcome_.iterations = static_cast<int>(numbers.at(0));
    outcome_.krylov_iterations = static_cast<int>(numbers.at(1));
    initial_ = numbers.at(2);
    from_subdomains(field_.layout(), record.blocks.at("parameters"), journal_of(monitor_), parameters_);
  }

  /// @returns whether to go on
  bool iterate() {
    const bool projected = options_.gauss_newton.variable_projection;
    const auto linear = field_.linearise(parameters_);
    if (projected) discretisation_.set_hidden_layers(field_.hidden_layers());
    objective_ = square_sum(field_.communicator(), linear.residual);
    const DampedSystem system(field_, linear, projected, options_);
    damping_.start(options_.gauss_newton.damping * system.largest_column());
    ++outcome_.iterations;
    krylov_before_ = outcome_.krylov_iterations;
    for (int rejections = 0; rejections < Damping::most_rejections; ++rejections) {
      if (try_step(system)) return true;
      if (!outcome_.stop_reason.empty()) return false;
    }
    outcome_.stop_reason = "no damped step decreases the sum of squares";
    return false;
  }

  /// @returns whether the step was taken, and the iteration goes on
  bool try_step(const DampedSystem& system) {
    check(VecCopy(parameters_, trial_));
    const auto step = system.solve(damping_.value(), monitor_, outcome_.iterations, trial_);
    outcome_.krylov_iterations += step.krylov_iterations;
    const auto unknowns = discretisation_.unknowns();
    auto trial = unknowns;
    const auto& model = discretisation_.model().unknowns;
    for (std::size_t i = 0; i < step.unknowns.size(); ++i)
      trial[i] = moved(trial[i], step.unknowns[i], model[i]);
    discretisation_.set_unknowns(std::move(trial));
    auto after = field_.sum_of_squares(trial_);
    if (after && options_.gauss_newton.variable_projection) after = solve_outputs(*after);
    const bool taken = damping_.judge(after ? (objective_ - *after) / step.promised : -1);
    if (taken) {
      check(VecCopy(trial_, parameters_));
      report(*after);
    } else {
      discretisation_.set_unknowns(unknowns);
    }
    return !finished(step, after) && taken;
  }

  /// Solves for the output layers at the trial's hidden layers; keeps them if they are better.
  double solve_outputs(double before) {
    discretisation_.set_hidden_layers(field_.hidden_layers());
    const auto fields = field_.fields();
    const auto linear = discretisation_.linearise(fields);
    const auto step = solve_linear_outputs(field_.communicator(), discretisation_, linear, fields, options_,
                                           monitor_, outcome_.iterations);
    outcome_.krylov_iterations += step.krylov_iterations;
    const auto kept = field_.create_parameters();
    check(VecCopy(trial_, kept));
    field_.set_outputs(step.field, trial_);
    const auto after = field_.sum_of_squares(trial_);
    if (after && *after <= before) return *after;
    check(VecCopy(kept, trial_));
    return before;
  }

  bool finished(const DampedSystem::Step& step, const std::optional<double>& after) {
    if (monitor_.stop()) {
      outcome_.stop_reason =
          fmt::format("a signal or the time limit, after {} Gauss-Newton iterations", outcome_.iterations);
    } else if (step.promised <= options_.tolerance * objective_) {
      outcome_.converged = true;
      outcome_.stop_reason = fmt::format(
          "the sum of squares is at its minimum {:.3e}: a step promised to reduce it by {:.1e} of "
          "itself",
          after ? std::min(*after, objective_) : objective_, step.promised / objective_);
    }
    return !outcome_.stop_reason.empty();
  }

  void report(double objective) {
    if (initial_ == 0) initial_ = objective_;
    if (monitor_.iteration)
      monitor_.iteration({outcome_.iterations, outcome_.krylov_iterations - krylov_before_,
                          std::sqrt(objective / initial_), objective / 2, monitor_.timers->elapsed(), true});
  }

  TrainableField& field_;
  Rows& discretisation_;
  const SolverOptions& options_;
  const Monitor& monitor_;
  ::Vec parameters_;
  const Redistribution& redistribution_;
  petsc::Vec trial_;
  TrainingOutcome outcome_;
  Damping damping_{largest_fall};
  int krylov_before_ = 0;  ///< Krylov iterations of earlier steps
  double initial_ = 0, objective_ = 0;
};

}  // namespace

TrainingOutcome train_by_gauss_newton(TrainableField& field, Rows& discretisation,
                                      const SolverOptions& options, const Monitor& monitor, ::Vec parameters,
                                      const Redistribution& redistribution) {
  return GaussNewton(field, discretisation, options, monitor, parameters, redistribution).run();
}

}  // namespace ddpinn
