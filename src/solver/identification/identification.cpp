// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/identification/identification.hpp"

#include "assembly/field_sizes.hpp"
#include "assembly/row_weights.hpp"
#include "parallel/agree.hpp"
#include "solver/identification/data_emphasis.hpp"
#include "solver/linear/border.hpp"
#include "solver/nonlinear/linear_step.hpp"
#include "solver/nonlinear/met_rows.hpp"
#include "solver/nonlinear/newton_rules.hpp"
#include "solver/solution_record.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <limits>

namespace ddpinn {

namespace {

/// The rows are weighted anew when the unknowns have changed by this factor.
constexpr double much = 1.5;

/// A step of the unknowns, and what it promises.
struct ScalarStep {
  std::vector<double> change;
  std::vector<double> standard_errors;
  double decrease = 0;  ///< of the sum of squares
};

class Identifier {
 public:
  Identifier(const Communicator& comm, Rows& discretisation, const SolverOptions& options,
             const Monitor& monitor, Start start)
      : comm_(comm),
        discretisation_(discretisation),
        options_(options),
        monitor_(monitor),
        solution_(start.fields ? std::move(*start.fields) : zero_solution(discretisation)) {}

  Solution run() {
    auto& journal = journal_of(monitor_);
    if (const auto* record = journal.take("identification"))
      go_on_from(*record);
    else
      begin();
    while (!ended()) {
      journal.offer("identification", Journal::Kept::always, [&] { return record_of_state(); });
      const auto next = scalar_step();
      solution_.standard_errors = next.standard_errors;
      if (is_small(next)) {
        if (!has_moved()) {
          conclude(
              true,
              fmt::format("the next step of the unknowns would reduce the sum of squares by {:.1e} of itself",
                          std::max(0.0, next.decrease / objective_)));
          break;
        }
        weigh();
        settle();
      } else if (!move(next)) {
        if (!ended())
          conclude(next.decrease <= 1e-6 * objective_,
                   "no step of the unknowns decreases the sum of squares");
        break;
      }
    }
    solution_.field.set_unknowns(discretisation_.unknowns());
    require_solution(discretisation_, solution_);
    solution_.residual = std::sqrt(objective_ / std::max(1LL, solution_.rows));
    return std::move(solution_);
  }

 private:
  void begin() {
    solution_.rows = sum(comm_, discretisation_.rows().count);
    solution_.standard_errors.assign(discretisation_.unknowns().size(),
                                     std::numeric_limits<double>::infinity());
    weigh();
    settle();
  }

  Record record_of_state() const {
    auto record = record_of_all(discretisation_, solution_);
    record.numbers["objective"] = {objective_};
    record.numbers["supposed_sizes"] = supposed_;
    record.numbers["weighed_at"] = weighed_at_;
    steps_.put(record);
    return record;
  }

  void go_on_from(const Record& record) {
    solution_ = all_of_solution_from(discretisation_, record, journal_of(monitor_));
    objective_ = record.number("objective");
    supposed_ = record.numbers.at("supposed_sizes");
    weighed_at_ = record.numbers.at("weighed_at");
    steps_.get(record);
  }

  void weigh() {
    weighed_at_ = discretisation_.unknowns();
    if (discretisation_.model().fields.size() > 1)
      discretisation_.set_sizes(sizes_of(solution_.field, discretisation_, supposed_));
    objective_ = weighted_objective(comm_, discretisation_, solution_.fields);
  }

  bool has_moved() const {
    for (std::size_t i = 0; i < weighed_at_.size(); ++i) {
      const double now = std::abs(discretisation_.unknowns()[i]), then = std::abs(weighed_at_[i]);
      if (now > much * then || then > much * now) return true;
    }
    return false;
  }

  void conclude(bool converged, const std::string& reason) {
    solution_.converged = converged;
    solution_.stop_reason = reason;
  }

  bool ended() {
    if (solution_.nonlinear_iterations >= options_.max_iterations)
      conclude(false, fmt::format("{} Gauss-Newton iterations reached (solver.max_iterations)",
                                  solution_.nonlinear_iterations));
    else if (monitor_.stop())
      conclude(false, "stopped by a signal or the time limit");
    else
      return false;
    return true;
  }

  /// Gauss-Newton for the fields at fixed unknowns, until the linear model of the last step was right to a
  /// thousandth of what is left.
  void settle() {
    auto target = Target::solution;
    double curvature = 1;
    for (;;) {
      const auto step = steps_.solve(solution_, target, curvature, ++solution_.nonlinear_iterations);
      solution_.krylov_iterations += step.krylov.iterations;
      solution_.unknowns = step.unknowns;
      solution_.coarse_unknowns = step.coarse_unknowns;
      const double before = objective_;
      const bool advanced = advance(comm_, discretisation_, step, solution_, objective_);
      curvature = advanced ? missed(step, before, objective_) : 0;
      if (advanced) report(step);
      const bool right = objective_ - step.linear_objective <= 1e-3 * objective_;
      if (solution_.nonlinear_iterations < reweighted_steps && !right) weigh();
      if (advanced && !right && !ended()) continue;
      if (advanced || target == Target::increment || ended()) return;
      target = Target::increment;
    }
  }

  void report(const Step& step) const {
    if (monitor_.iteration)
      monitor_.iteration({solution_.nonlinear_iterations, step.krylov.iterations,
                          change(comm_, discretisation_, step, solution_), objective_ / 2,
                          monitor_.timers->elapsed(), true});
  }

  ScalarStep scalar_step() {
    const auto timed = start_phase(monitor_, "unknowns");
    const auto linear = collectively(comm_, [&] { return discretisation_.linearise(solution_.fields); });
    const Border border(steps_.problem().jacobian, *steps_.problem().preconditioner, options_,
                        linear.unknowns, monitor_, solution_.nonlinear_iterations);
    solution_.krylov_iterations += border.iterations();
    const auto [lower, upper] = room(discretisation_.model().unknowns, discretisation_.unknowns());
    ScalarStep step;
    step.change = border.solve(linear.residual, lower, upper, Border::least_damping);
    step.decrease = border.decrease(linear.residual, step.change);
    step.standard_errors =
        border.standard_errors(row_errors(discretisation_, linear.residual, residual_deviation()));
    return step;
  }

  /// Standard deviation of the weighted rows, as far as the residual tells.
  double residual_deviation() const {
    const auto freedom = solution_.rows - solution_.unknowns - std::ssize(discretisation_.unknowns());
    return std::sqrt(objective_ / std::max(1LL, freedom));
  }

  /// Below a thousandth of what the noise tells (in the norm of the covariance: single standard errors can be
  /// large where unknowns depend on each other), or below what the sum of squares can tell: solutions for
  /// slightly different unknowns have slightly different bases (compression.hpp).
  bool is_small(const ScalarStep& step) const {
    const double noise = smallest_noise(discretisation_);
    if (step.decrease <= std::max(1e-5 * objective_, 1e-6 * noise * noise)) return true;
    for (std::size_t i = 0; i < step.change.size(); ++i)
      if (std::abs(step.change[i]) > options_.tolerance * std::abs(discretisation_.unknowns()[i]))
        return false;
    return true;
  }

  /// Moves the unknowns by the longest of the steps 1, 1/2, 1/4, ... after which the fields, solved for anew,
  /// have a smaller sum of squares (Armijo's condition). @returns false, and changes nothing, where none has
  bool move(const ScalarStep& next) {
    constexpr double shortest = 1e-3;
    const auto start = discretisation_.unknowns();
    const auto fields = solution_.fields;
    const auto field = solution_.field;
    const double before = objective_;
    const bool taken = search_line(shortest, [&](double length) {
      auto values = start;
      const auto& unknowns = discretisation_.model().unknowns;
      for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = moved(values[i], length * next.change[i], unknowns[i]);
      discretisation_.set_unknowns(values);
      objective_ =
          square_sum(comm_, collectively(comm_, [&] { return discretisation_.residual(solution_.fields); }));
      settle();
      if (decreases_enough(before, objective_, length, next.decrease)) return Trial::taken;
      solution_.fields = fields;
      solution_.field = field;
      return ended() ? Trial::stopped : Trial::too_long;
    });
    if (taken) return true;
    discretisation_.set_unknowns(start);
    objective_ = before;
    return false;
  }

  const Communicator& comm_;
  Rows& discretisation_;
  const SolverOptions& options_;
  const Monitor& monitor_;
  Solution solution_;
  std::vector<double> supposed_ = discretisation_.family().sizes;  ///< of the fields, before the solve
  LinearSteps steps_{comm_, discretisation_, options_, monitor_};
  double objective_ = 0;
  std::vector<double> weighed_at_;  ///< values of the unknowns
};

}  // namespace

RowErrors row_errors(const Rows& discretisation, const std::vector<double>& residual,
                     double residual_deviation) {
  if (smallest_deviation(discretisation.model(), discretisation.family()) == 0)
    return {std::vector<double>(residual.size(), residual_deviation)};
  return {discretisation.noise(), discretisation.clusters(), residual};
}

Solution identify(const Communicator& comm, Rows& discretisation, const SolverOptions& options,
                  const Monitor& monitor, Start start) {
  return Identifier(comm, discretisation, options, monitor, std::move(start)).run();
}

Solution solve_output_layers(const Communicator& comm, Rows& discretisation, const SolverOptions& options,
                             const Monitor& monitor, Start start) {
  return solve_with_data(comm, discretisation, monitor, std::move(start), [&](Start from) {
    if (!discretisation.model().unknowns.empty())
      return identify(comm, discretisation, options, monitor, std::move(from));
    return solve_fields(comm, discretisation, options, monitor, std::move(from));
  });
}

}  // namespace ddpinn
