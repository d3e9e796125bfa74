// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/nonlinear/least_squares.hpp"

#include "assembly/field_sizes.hpp"
#include "assembly/part_sizes.hpp"
#include "base/log.hpp"
#include "solver/nonlinear/energy_solver.hpp"
#include "solver/nonlinear/field_energies.hpp"
#include "solver/nonlinear/fitted_solution.hpp"
#include "solver/nonlinear/linear_step.hpp"
#include "solver/nonlinear/met_rows.hpp"
#include "solver/nonlinear/newton_rules.hpp"
#include "solver/nonlinear/rounding.hpp"
#include "solver/solution_record.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <limits>

namespace ddpinn {

namespace {

/// What a linear model may have missed of the rows where the next steps are small enough for increments.
constexpr double nearly_linear = 1e-3;

/// Change of the fields by a step from which on they are near enough to the solution to choose the scale by.
constexpr double near = 0.1;

class OutputLayerSolver {
 public:
  OutputLayerSolver(const Communicator& comm, Rows& discretisation, const SolverOptions& options,
                    const Monitor& monitor, Start start)
      : comm_(comm),
        discretisation_(discretisation),
        options_(options),
        monitor_(monitor),
        start_(std::move(start)),
        supposed_(discretisation.family().sizes) {}

  Solution run();

 private:
  bool finished(const Step&, double moved, double before, double after, std::string& reason) const;
  bool choose_scale_anew(Solution&);
  void solve_affine(LinearSteps&, Solution&, double& objective);
  void solve_for_all_fields(LinearSteps&, double error, Solution&, double& objective);
  bool take_sizes(const Solution&);
  bool weighted_wrongly(const Rows::Weights& before) const;

  /// Between two steps.
  struct State {
    Solution solution;
    double objective = 0;
    Target target = Target::solution;
    double curvature = 1;
    int iteration = 1;  ///< that comes next
  };
  State first_state();
  State state_from(const Record&, LinearSteps&);
  Record record_of_state(const State&, const LinearSteps&) const;

  const Communicator& comm_;
  Rows& discretisation_;
  const SolverOptions& options_;
  const Monitor& monitor_;
  Start start_;
  std::vector<double> supposed_;  ///< sizes of the fields before the solve
};

/// @returns whether the scale is another than before, and so the networks
bool OutputLayerSolver::choose_scale_anew(Solution& solution) {
  const auto timed = start_phase(monitor_, "scale");
  auto before = solution.field;
  before.complete();
  std::vector<ScaleTrial> trials;
  const double scale = choose_scale(before.space(), trials, derivatives_of(before), *start_.choose_scale);
  for (const auto& trial : trials)
    log::debug("scale {} about the solution: misfit {:.3e}", trial.scale, std::sqrt(trial.misfit));
  if (scale == before.space().family().scale) return false;
  discretisation_.set_scale(scale);
  auto fitted = fitted_solution(discretisation_, fields_of(before));
  solution.field = std::move(fitted.field);
  solution.fields = std::move(fitted.fields);
  return true;
}

bool OutputLayerSolver::finished(const Step& step, double moved, double before, double after,
                                 std::string& reason) const {
  if (moved <= options_.tolerance) {
    reason = fmt::format("the last step changed the fields by {:.2e} <= tolerance {:.2e}", moved,
                         options_.tolerance);
    return true;
  }
  // What a step removes from the sum of squares is the square of the distance to the minimum, in the norm of
  // the residual: a millionth is a thousandth of what is left of that.
  const double least = std::max(options_.tolerance, 1e-6) * before;
  if (before - after <= least && before - step.linear_objective <= 1e-3 * before) {
    reason = fmt::format(
        "the sum of squares is at its minimum {:.3e}: the last step could reduce it by {:.1e} of itself",
        after, std::max(0.0, before - step.linear_objective) / before);
    return true;
  }
  return false;
}

/// Weights are made by these sizes from now on. @returns whether the present ones are much different
bool OutputLayerSolver::take_sizes(const Solution& solution) {
  if (discretisation_.model().fields.size() == 1) return false;
  const auto before = discretisation_.family().sizes;
  discretisation_.set_sizes(sizes_of(solution.field, discretisation_, supposed_));
  return differ_much(before, discretisation_.family().sizes);
}

/// Whether rows were weighted wrongly with respect to each other by these weights. In first-order laws much
/// of what sizes say is about all rows.
bool OutputLayerSolver::weighted_wrongly(const Rows::Weights& before) const {
  if (!PartSizes::has_laws(discretisation_.model())) return true;
  constexpr double much = 50;
  double least = std::numeric_limits<double>::infinity(), greatest = 0;
  const auto& now = discretisation_.weights();
  for (std::size_t g = 0; g < now.size(); ++g)
    for (std::size_t s = 0; s < now[g].size(); ++s)
      for (std::size_t i = 0; i < now[g][s].size(); ++i) {
        if (!(now[g][s][i] > 0 && before[g][s][i] > 0)) continue;
        const double ratio = now[g][s][i] / before[g][s][i];
        least = std::min(least, ratio);
        greatest = std::max(greatest, ratio);
      }
  return max(comm_, greatest) > much * min(comm_, least);
}

/// One solve, and another one where the solution shows that sizes of fields were supposed wrongly.
void OutputLayerSolver::solve_affine(LinearSteps& steps, Solution& solution, double& objective) {
  for (const auto target : {Target::solution, Target::increment}) {
    const auto step = steps.solve(solution, target, 1, 1);
    solution.nonlinear_iterations = 1;
    solution.krylov_iterations += step.krylov.iterations;
    solution.unknowns = step.unknowns;
    solution.coarse_unknowns = step.coarse_unknowns;
    solution.converged = step.krylov.converged;
    solution.stop_reason = step.krylov.reason;
    accept(step, 1, solution);
    objective = step.linear_objective;
    solve_for_all_fields(steps, step.krylov.error, solution, objective);
    if (monitor_.stop() || !take_sizes(solution)) return;
    const auto weights = discretisation_.weights();
    const double anew = weighted_objective(comm_, discretisation_, solution.fields);
    if (!weighted_wrongly(weights)) return discretisation_.take_weights(weights);
    objective = anew;
    steps.forget();
  }
}

/// The Krylov iteration has one norm for all fields, in which that of a small one, or the small variation of
/// a large one, may be lost: it is repeated until its error is below the tolerance in the norm of each field.
/// @param error in the norm of the Krylov iteration
void OutputLayerSolver::solve_for_all_fields(LinearSteps& steps, double error, Solution& solution,
                                             double& objective) {
  constexpr int most_passes = 3;
  constexpr double enough = 100;  // fields may be as much smaller than all together without another pass
  constexpr double rounding = 1e-15;
  for (int pass = 0; pass < most_passes && solution.converged && !monitor_.stop(); ++pass) {
    const auto energies = field_energies(discretisation_, solution.fields);
    const double wanted = enough * options_.tolerance * energies.least;
    log::debug("error of the Krylov iteration {:.1e}; rows of all fields {:.1e}, of the smallest one {:.1e}",
               error, energies.all, energies.least);
    if (error <= std::max(wanted, rounding * energies.all)) return;
    const auto step = steps.repeat(solution, std::clamp(0.1 * wanted / error, 1e-10, 0.1), 1);
    if (!step.krylov.converged || !(step.linear_objective <= 2 * objective)) return;
    solution.krylov_iterations += step.krylov.iterations;
    accept(step, 1, solution);
    objective = step.linear_objective;
    error = step.krylov.error;
  }
}

OutputLayerSolver::State OutputLayerSolver::first_state() {
  State state{start_.fields ? std::move(*start_.fields) : zero_solution(discretisation_)};
  if (start_.fields) take_sizes(state.solution);
  state.solution.rows = sum(comm_, discretisation_.rows().count);
  state.objective = weighted_objective(comm_, discretisation_, state.solution.fields);
  return state;
}

Record OutputLayerSolver::record_of_state(const State& state, const LinearSteps& steps) const {
  auto record = record_of_all(discretisation_, state.solution);
  record.numbers["state"] = {state.objective, state.target == Target::increment ? 1.0 : 0.0, state.curvature,
                             static_cast<double>(state.iteration)};
  record.numbers["supposed_sizes"] = supposed_;
  if (start_.choose_scale)
    record.numbers["choose_scale"] = {*start_.choose_scale == ScaleRange::near ? 1.0 : 0.0};
  steps.put(record);
  return record;
}

OutputLayerSolver::State OutputLayerSolver::state_from(const Record& record, LinearSteps& steps) {
  State state{all_of_solution_from(discretisation_, record, journal_of(monitor_))};
  const auto& numbers = record.numbers.at("state");
  state.objective = numbers.at(0);
  state.target = numbers.at(1) != 0 ? Target::increment : Target::solution;
  state.curvature = numbers.at(2);
  state.iteration = static_cast<int>(numbers.at(3));
  supposed_ = record.numbers.at("supposed_sizes");
  start_.choose_scale.reset();
  if (const auto found = record.numbers.find("choose_scale"); found != record.numbers.end())
    start_.choose_scale = found->second.at(0) != 0 ? ScaleRange::near : ScaleRange::all;
  steps.get(record);
  return state;
}

Solution OutputLayerSolver::run() {
  auto& journal = journal_of(monitor_);
  LinearSteps steps(comm_, discretisation_, options_, monitor_, "newton",
                    discretisation_.model().affine ? start_.shared : nullptr);
  const auto* record = journal.take("newton");
  bool within = record && journal.resumes("newton");  // a step, whose Krylov iterations are there too
  auto state = record ? state_from(*record, steps) : first_state();
  auto& [solution, objective, target, curvature, iteration] = state;
  const bool affine = discretisation_.model().affine;
  if (affine) solve_affine(steps, solution, objective);
  for (; !affine; ++iteration) {
    if (!std::exchange(within, false))
      journal.offer("newton", Journal::Kept::always, [&] { return record_of_state(state, steps); });
    if (iteration > 1 && iteration <= reweighted_steps) {
      take_sizes(solution);
      objective = weighted_objective(comm_, discretisation_, solution.fields);
    }
    const auto step = steps.solve(solution, target, curvature, iteration);
    solution.nonlinear_iterations = iteration;
    solution.krylov_iterations += step.krylov.iterations;
    solution.unknowns = step.unknowns;
    solution.coarse_unknowns = step.coarse_unknowns;
    const double before = objective;
    if (!step.krylov.converged && monitor_.stop()) {  // what it has of a step says nothing about a minimum
      solution.stop_reason = step.krylov.reason;
      break;
    }
    const auto timed = start_phase(monitor_, "line search");
    if (!advance(comm_, discretisation_, step, solution, objective)) {
      if (target == Target::solution && iteration < options_.max_iterations && !monitor_.stop()) {
        target = Target::increment;
        curvature = 0;
        continue;
      }
      const bool exact = objective <= rounding_objective(comm_, discretisation_, solution.fields);
      solution.converged = exact || before - step.linear_objective <= 1e-6 * before;
      solution.stop_reason = exact ? "the rows are met to rounding"
                                   : "no step along the Gauss-Newton direction decreases the sum of squares";
      break;
    }
    const double moved = change(comm_, discretisation_, step, solution);
    curvature = missed(step, before, objective);
    if (curvature < nearly_linear) target = Target::increment;
    if (monitor_.iteration)
      monitor_.iteration(
          {iteration, step.krylov.iterations, moved, objective / 2, monitor_.timers->elapsed(), true});
    const bool done = finished(step, moved, before, objective, solution.stop_reason);
    if (start_.choose_scale && (done || moved < near) && iteration < options_.max_iterations &&
        !monitor_.stop()) {
      const bool changed = choose_scale_anew(solution);
      start_.choose_scale.reset();
      if (changed) {
        objective = weighted_objective(comm_, discretisation_, solution.fields);
        target = Target::solution;
        steps.forget();
        continue;
      }
    }
    if (done) {
      solution.converged = true;
      break;
    }
    if (iteration >= options_.max_iterations) {
      solution.stop_reason =
          fmt::format("{} Gauss-Newton iterations reached (solver.max_iterations)", iteration);
      break;
    }
    if (monitor_.stop()) {
      solution.stop_reason = "stopped by a signal or the time limit";
      break;
    }
  }
  solution.problem = steps.release();
  if (!affine) require_solution(discretisation_, solution);
  solution.residual = std::sqrt(objective / std::max(1LL, solution.rows));
  return std::move(solution);
}

}  // namespace

Solution solve_fields(const Communicator& comm, Rows& discretisation, const SolverOptions& options,
                      const Monitor& monitor, Start start) {
  if (discretisation.model().is_weak())
    return minimise_energy(comm, discretisation, options, monitor, std::move(start));
  return OutputLayerSolver(comm, discretisation, options, monitor, std::move(start)).run();
}

}  // namespace ddpinn
