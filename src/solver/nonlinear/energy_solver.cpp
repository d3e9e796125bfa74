// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/nonlinear/energy_solver.hpp"

#include "base/log.hpp"
#include "base/random.hpp"
#include "geometry/quadrature.hpp"
#include "parallel/agree.hpp"
#include "solver/nonlinear/newton_rules.hpp"
#include "solver/solution_record.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace ddpinn {

namespace {

class EnergySolver {
 public:
  EnergySolver(const Communicator& comm, Rows& rows, const SolverOptions& options, const Monitor& monitor,
               Start start)
      : comm_(comm),
        rows_(rows),
        options_(options),
        monitor_(monitor),
        steps_(comm, rows, options_, monitor, "newton"),
        solution_(start.fields ? std::move(*start.fields) : zero_solution(rows)) {
    options_.krylov.type = KrylovType::cg;  // the energy's linear part is no residual of rows
  }

  Solution run() {
    solution_.rows = sum(comm_, rows_.rows().count);
    weigh();
    rows_.model().affine ? solve_quadratic() : iterate();
    const auto energy = energy_at(solution_.fields);
    if (energy && rows_.model().has_energy()) {
      solution_.energy = energy->sum;
      solution_.stop_reason += fmt::format("; energy {:.12g}", energy->sum);
    }
    solution_.residual = std::sqrt(square_sum(comm_, residual()) / std::max(1LL, solution_.rows));
    solution_.problem = steps_.release();
    return std::move(solution_);
  }

 private:
  std::vector<double> residual() const {
    return collectively(comm_, [&] { return rows_.residual(solution_.fields); });
  }

  void weigh() {
    collectively(comm_, [&] { rows_.set_weights(solution_.fields); });
    multipliers_.assign(rows_.rows().count, 0.0);
  }

  void note(const Step& step, int iteration) {
    solution_.nonlinear_iterations = iteration;
    solution_.krylov_iterations += step.krylov.iterations;
    solution_.unknowns = step.unknowns;
    solution_.coarse_unknowns = step.coarse_unknowns;
  }

  /// Of Newton's iteration between two of its steps, beside the solution and the multipliers.
  struct State {
    int iteration = 1;  ///< that comes next
    double moved = 1, missed = 0;
    int at_rest = 0;  ///< steps in a row that could change the energy by rounding only
  };
  Record record_of_state(const State&) const;
  State state_from(const Record&);

  bool has_conditions() const;
  void solve_quadratic();
  void iterate();
  double take_multipliers();
  std::optional<Amount> work_along(const std::vector<FieldValues>& direction, double length) const;
  std::optional<Amount> energy_at(const std::vector<FieldValues>&) const;
  std::optional<Amount> objective_at(const std::vector<FieldValues>&) const;
  std::optional<double> objective_after(const Step&, double length) const;
  bool advance(const Step&, const Amount& before);
  bool may_be_saddle() const;
  void nudge();

  const Communicator& comm_;
  Rows& rows_;
  SolverOptions options_;
  const Monitor& monitor_;
  LinearSteps steps_;
  Solution solution_;
  std::vector<double> multipliers_;  ///< mu, by row
};

/// @returns the root of the sum of squares of the conditions' weighted residuals, which is what they miss in
/// the norm of the energy
double EnergySolver::take_multipliers() {
  const auto missed = residual();
  for (std::size_t i = 0; i < missed.size(); ++i) multipliers_[i] += missed[i];
  return std::sqrt(square_sum(comm_, missed));
}

/// Whether there is anything that multipliers hold.
bool EnergySolver::has_conditions() const { return any(comm_, !rows_.condition_rows().empty()); }

/// One linear solve, and others for what it leaves of the conditions.
void EnergySolver::solve_quadratic() {
  constexpr int most_passes = 10;
  constexpr double enough_faster = 0.5;  // what is left then are values that networks cannot have
  constexpr double usual = 1e-4, poor = 1e-2;
  constexpr double spring_share = 0.1;  // what the springs may have of the first solution
  // Multipliers gain no more than this in a pass, and the next one takes what is left of the equations too.
  constexpr double enough_of_a_pass = 1e-3;
  // The first solution is that of springs, 1e-4 beside the right one, to three digits. Its residual begins
  // with the springs', which are stiff.
  constexpr double of_springs = 1e-7;
  const double asked = options_.tolerance;
  if (has_conditions()) options_.tolerance = std::max(asked, of_springs);
  auto step = steps_.solve(solution_, Target::solution, 1, 1, multipliers_);
  options_.tolerance = asked;
  note(step, 1);
  accept(step, 1, solution_);
  if (step.bent) {
    solution_.converged = false;
    solution_.stop_reason =
        rows_.model().has_energy()
            ? "the energy has no minimum: its second derivative is not positive definite under the "
              "conditions; see whether signs are right, and the conditions enough"
            : "the conservation laws are not elliptic: their second variation is not positive definite under "
              "the conditions; see whether signs are right, and the conditions enough";
    return;
  }
  const double size = std::sqrt(std::abs(step.decrement));
  take_multipliers();
  solution_.converged = step.krylov.converged;
  solution_.stop_reason = step.krylov.reason;
  double last = spring_share * size;
  for (int pass = 0; pass < most_passes && solution_.converged && !monitor_.stop(); ++pass) {
    const double tolerance = std::clamp(0.1 * options_.tolerance * size / last, enough_of_a_pass, 0.1);
    step = steps_.repeat(solution_, tolerance, 1, multipliers_);
    solution_.krylov_iterations += step.krylov.iterations;
    if (!step.krylov.converged) {
      if (last <= poor * size) break;
      solution_.converged = false;
      solution_.stop_reason = step.krylov.reason;
      return;
    }
    accept(step, 1, solution_);
    const double missed = take_multipliers();
    const double moved = std::sqrt(std::abs(step.decrement));
    log::debug("multipliers: {} iterations, conditions missed by {:.2e}, moved by {:.2e} of {:.2e}",
               step.krylov.iterations, missed, moved, size);
    const bool slow = moved <= usual * size && moved > enough_faster * last;
    last = moved;
    if (moved <= options_.tolerance * size || slow) break;
  }
  if (solution_.converged && last > poor * size) {
    solution_.converged = false;
    solution_.stop_reason = fmt::format(
        "conditions are not met: the last multipliers still changed the solution by {:.1e} of its energy's "
        "norm; "
        "see whether conditions contradict each other, or raise points.boundary",
        last / size);
  }
}

/// What a weak form without an energy takes for one: the work along a path. Where its second variation is
/// symmetric this is the difference of an energy that nobody has written. Empty where it is not finite.
std::optional<Amount> EnergySolver::work_along(const std::vector<FieldValues>& direction,
                                               double length) const {
  constexpr int points = 6;
  const auto rule = gauss_legendre(points);
  std::optional<Amount> found = Amount{};
  try {
    for (int n = 0; n < points; ++n) {
      const double weight = length * rule.weight[n];
      const auto part = rows_.work(combined(solution_.fields, length * rule.node[n], direction), direction);
      found->sum += weight * part.sum;
      found->terms += weight * part.terms;
    }
  } catch (const Error& error) {
    if (error.status() != Status::numerical) throw;
    found.reset();
  }
  if (any(comm_, !found)) return {};
  return Amount{sum(comm_, found->sum), sum(comm_, found->terms)};
}

/// Without an energy its terms alone: the work in the present fields. Empty where it is not finite.
std::optional<Amount> EnergySolver::energy_at(const std::vector<FieldValues>& fields) const {
  std::optional<Amount> found;
  try {
    found = rows_.model().has_energy() ? rows_.energy(fields) : Amount{0, rows_.work(fields, fields).terms};
  } catch (const Error& error) {
    if (error.status() != Status::numerical) throw;
  }
  if (any(comm_, !found)) return {};
  return Amount{sum(comm_, found->sum), sum(comm_, found->terms)};
}

std::optional<Amount> EnergySolver::objective_at(const std::vector<FieldValues>& fields) const {
  auto energy = energy_at(fields);
  const auto springs = sum_of_squares(comm_, [&] {
    auto rows = rows_.residual(fields);
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i] += multipliers_[i];
    return rows;
  });
  if (!energy || !springs) return {};
  return Amount{energy->sum + *springs / 2, energy->terms + *springs / 2};
}

/// Empty where it is not finite.
std::optional<double> EnergySolver::objective_after(const Step& step, double length) const {
  const auto trial = objective_at(combined(solution_.fields, length, step.fields));
  if (!trial || rows_.model().has_energy()) return trial ? std::optional(trial->sum) : std::nullopt;
  const auto work = work_along(step.fields, length);
  if (!work) return {};
  return trial->sum + work->sum;
}

/// Takes the longest of the steps 1, 1/2, 1/4, ... along which the energy falls enough (Armijo's condition).
bool EnergySolver::advance(const Step& step, const Amount& before) {
  constexpr double shortest = 1e-9, slope = 1e-4, rounding = 1e-14;
  return search_line(shortest, [&](double length) {
    const auto trial = objective_after(step, length);
    const double allowed = before.sum - slope * length * step.decrement + rounding * before.terms;
    if (!trial || !(*trial <= allowed)) return Trial::too_long;
    accept(step, length, solution_);
    return Trial::taken;
  });
}

Record EnergySolver::record_of_state(const State& state) const {
  auto record = record_of_all(rows_, solution_);
  record.numbers["state"] = as_numbers(state.iteration, state.moved, state.missed, state.at_rest);
  put_by_row(rows_, multipliers_, "multipliers", record);
  steps_.put(record);
  return record;
}

EnergySolver::State EnergySolver::state_from(const Record& record) {
  const auto& journal = journal_of(monitor_);
  solution_ = all_of_solution_from(rows_, record, journal);
  multipliers_ = get_by_row(rows_, "multipliers", record, journal);
  steps_.get(record);
  const auto& numbers = record.numbers.at("state");
  return {static_cast<int>(numbers.at(0)), numbers.at(1), numbers.at(2), static_cast<int>(numbers.at(3))};
}

/// Whether the energy is not convex at all points, so that where it is level it need not be smallest.
bool EnergySolver::may_be_saddle() const {
  return rows_.model().has_energy() &&
         any(comm_, !collectively(comm_, [&] { return rows_.linearise(solution_.fields); }).form.empty());
}

/// Moves the fields by a little in no particular direction: away from a saddle Newton's steps then lead, and
/// back to a minimum.
void EnergySolver::nudge() {
  constexpr double little = 1e-3;
  const auto zero = rows_.zero_field();
  auto change = zero;
  for (const auto& [k, coefficients] : zero.coefficients()) {
    Random random(47, static_cast<std::uint64_t>(k));
    auto moved = coefficients;
    for (auto& entry : moved.entries()) entry = random.uniform(-little, little);
    change.take(k, std::move(moved));
  }
  rows_.add_fields(change, solution_.fields);
  solution_.field.add(1, change);
}

void EnergySolver::iterate() {
  constexpr double rounding = 1e-14;
  constexpr int enough = 3;
  auto& journal = journal_of(monitor_);
  const auto* record = journal.take("newton");
  bool within = record && journal.resumes("newton");  // a step, whose Krylov iterations are there too
  auto state = record ? state_from(*record) : State{};
  auto& [iteration, moved, missed, at_rest] = state;
  for (;; ++iteration) {
    if (!std::exchange(within, false))
      journal.offer("newton", Journal::Kept::always, [&] { return record_of_state(state); });
    if (iteration <= reweighted_steps) weigh();
    const auto before = objective_at(solution_.fields);
    if (!before)
      throw Error(Status::numerical,
                  "the weak form is not finite at the start (a division by zero, or a logarithm or root of a "
                  "negative "
                  "number); guard it by where(...), or give the fields a lift by [exact_enforcement]");
    const auto target = moved < 1e-3 ? Target::increment : Target::solution;
    const auto step = steps_.solve(solution_, target, std::min(1.0, 10 * moved), iteration, multipliers_);
    note(step, iteration);
    if (!step.krylov.converged && monitor_.stop()) {
      solution_.stop_reason = step.krylov.reason;
      return;
    }
    const bool least = std::abs(step.decrement) <= rounding * before->terms;
    if (iteration == 1 && least && may_be_saddle()) {
      nudge();
      continue;
    }
    if (!advance(step, *before)) {
      const bool energy = rows_.model().has_energy();
      solution_.converged = least;
      solution_.stop_reason =
          least    ? (energy ? "the energy is at its minimum to rounding" : "the weak form holds to rounding")
          : energy ? "no step along Newton's direction makes the energy smaller"
                   : "no step along Newton's direction brings the weak form nearer to zero";
      return;
    }
    moved = change(comm_, rows_, step, solution_);
    const auto now = objective_at(solution_.fields);
    if (iteration >= reweighted_steps) missed = take_multipliers();
    if (monitor_.iteration)
      monitor_.iteration({iteration, step.krylov.iterations, moved, now ? now->sum : before->sum,
                          monitor_.timers->elapsed(), true});
    const bool held = missed <= std::max(options_.tolerance, 1e-10) * std::sqrt(before->terms);
    at_rest = least ? at_rest + 1 : 0;
    const bool still = moved <= std::max(options_.tolerance, 1e-12) && (held || least);
    if (iteration > reweighted_steps && (still || at_rest >= enough)) {
      solution_.converged = true;
      solution_.stop_reason =
          fmt::format("the last step changed the fields by {:.2e}{}", moved,
                      step.bent ? " (where the energy is not convex: a minimum or a saddle)" : "");
      return;
    }
    if (iteration >= options_.max_iterations || monitor_.stop()) {
      solution_.stop_reason =
          monitor_.stop() ? "stopped by a signal or the time limit"
                          : fmt::format("{} Newton iterations reached (solver.max_iterations)", iteration);
      return;
    }
  }
}

}  // namespace

Solution minimise_energy(const Communicator& comm, Rows& rows, const SolverOptions& options,
                         const Monitor& monitor, Start start) {
  return EnergySolver(comm, rows, options, monitor, std::move(start)).run();
}

}  // namespace ddpinn
