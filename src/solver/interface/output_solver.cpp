// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/interface/output_solver.hpp"

#include "parallel/square_sum.hpp"
#include "solver/nonlinear/newton_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace ddpinn {

namespace {

/// Relative tolerance of the outer iteration in a Newton step: the next step corrects what is left.
constexpr double newton_tolerance = 1e-4;

}  // namespace

bool OutputSolver::solve(InterfaceLayer& layer, double tolerance, bool first) {
  if (!space_.model().affine) {
    if (first && !journal_of(monitor_).resumes()) add(layer.start(), 1);
    return newton(layer, first);
  }
  if (!linearise(layer, first)) return false;
  solution_.nonlinear_iterations = std::max(1, solution_.nonlinear_iterations);
  std::vector<double> y;
  const auto result = iterate(layer, tolerance, y);
  add(layer.step(y), 1);
  solution_.converged = result.converged;
  solution_.stop_reason = result.reason;
  return result.converged;
}

void OutputSolver::add(const Coefficients& step, double length) {
  for (const auto& [k, change] : step) {
    const auto to = coefficients_.at(k).entries();
    for (std::size_t i = 0; i < to.size(); ++i) to[i] += length * change.entries()[i];
  }
}

/// @returns whether it was not stopped
bool OutputSolver::linearise(InterfaceLayer& layer, bool reweight) {
  const auto timed = start_phase(monitor_, "local problems");
  try {
    layer.linearise(coefficients_, reweight, monitor_.stop);
    return true;
  } catch (const Interrupted& interrupted) {
    recover(space_.communicator());
    solution_.stop_reason = interrupted.what();
    return false;
  }
}

OuterResult OutputSolver::iterate(InterfaceLayer& layer, double tolerance, std::vector<double>& y) {
  const auto timed = start_phase(monitor_, "interface iteration");
  const auto result =
      solve_outer(space_.communicator(), layer, options_.decomposition.interface.acceleration, tolerance,
                  options_.solver.max_krylov_iterations, monitor_,
                  std::max(1, solution_.nonlinear_iterations), solution_.krylov_iterations, y);
  solution_.krylov_iterations += result.iterations;
  return result;
}

/// Takes the longest of the steps 1, 1/2, 1/4, ... that decreases the sum of squares of the local problems.
bool OutputSolver::advance(InterfaceLayer& layer, const Coefficients& step) {
  constexpr double shortest = 1e-3;
  const double objective = layer.objective(coefficients_);
  double present = 0;
  const bool taken = search_line(shortest, [&](double length) {
    add(step, length - present);
    present = length;
    return layer.objective(coefficients_) < objective ? Trial::taken : Trial::too_long;
  });
  if (!taken) add(step, -present);
  return taken;
}

/// @returns the state of a Newton iteration that the journal has; null where it has none
const Record* OutputSolver::begin_newton(InterfaceLayer& layer) {
  auto& journal = journal_of(monitor_);
  const auto* record = keeps_states() ? journal.take("newton") : nullptr;
  if (!record) return nullptr;
  state_.go_on_from(*record);
  layer.take_weights(record->blocks.at("weights"), journal);
  return record;
}

void OutputSolver::offer_state(InterfaceLayer& layer, int iteration, double previous) {
  if (!keeps_states()) return;
  journal_of(monitor_).offer("newton", Journal::Kept::always, [&] {
    auto all = state_.record();
    all.numbers["iteration"] = as_numbers(iteration);
    all.numbers["previous"] = {previous};
    all.blocks["weights"] = layer.weights();
    return all;
  });
}

bool OutputSolver::newton(InterfaceLayer& layer, bool reweight) {
  double previous = std::numeric_limits<double>::infinity();
  int iteration = 1;
  if (const auto* state = begin_newton(layer)) {
    iteration = static_cast<int>(state->number("iteration"));
    previous = state->number("previous");
  }
  for (;; ++iteration) {
    offer_state(layer, iteration, previous);
    if (!linearise(layer, reweight && iteration <= reweighted_steps)) return false;
    ++solution_.nonlinear_iterations;
    std::vector<double> y;
    const auto result = iterate(layer, std::max(newton_tolerance, options_.solver.tolerance), y);
    solution_.stop_reason = result.reason;
    if (!result.converged && (result.stopped || result.change > 0.5)) return false;
    const double change =
        std::sqrt(square_sum(space_.communicator(), y) / std::max(1e-300, layer.size_square(y)));
    const bool moved = advance(layer, layer.step(y));
    if (const auto converged = end(change, previous, moved, iteration)) {
      solution_.converged = *converged;
      return *converged;
    }
    previous = change;
  }
}

/// Whether Newton's iteration has converged where it ends here, with the reason; nothing where it goes on.
/// @param change of the fields by this step, relative @param previous the same before
/// @param moved whether the step decreased the residuals
std::optional<bool> OutputSolver::end(double change, double previous, bool moved, int iteration) {
  if (moved && change <= options_.solver.tolerance) {
    solution_.stop_reason =
        fmt::format("the last Newton step changed the fields by {:.2e} <= tolerance {:.2e}", change,
                    options_.solver.tolerance);
    return true;
  }
  // The minimum of a sum of squares that is not zero: steps there are rounding and the tolerance above.
  if (change <= 1e-6 && (change > 0.5 * previous || !moved)) {
    solution_.stop_reason = fmt::format(
        "Newton steps no longer shrink at a change of {:.2e}: the local residuals are at their minimum",
        change);
    return true;
  }
  if (!moved) {
    solution_.stop_reason = fmt::format(
        "no step along the Newton direction decreases the local residuals (its change is {:.2e}); try more "
        "subdomains, or coupling = \"windowed\"",
        change);
    return false;
  }
  if (iteration < options_.solver.max_iterations) return {};
  solution_.stop_reason = fmt::format("{} Newton iterations reached (solver.max_iterations)", iteration);
  return false;
}

}  // namespace ddpinn
