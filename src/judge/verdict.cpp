// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "judge/verdict.hpp"

#include "judge/error_norms.hpp"
#include "problem/forward_problem.hpp"
#include "problem/time_slabs.hpp"
#include "problem/weak_forms.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>

namespace ddpinn {

namespace {

/// Errors of a thousand roundings.
constexpr double rounding = 1e-12;

/// "x in [0, 0.25], t in [3, 4]"
std::string place(const Box& box, const std::vector<std::string>& coordinates) {
  std::string text;
  for (int d = 0; d < box.dimension; ++d)
    text += fmt::format("{}{} in [{:.6g}, {:.6g}]", d > 0 ? ", " : "", coordinates[d], box.lower[d],
                        box.upper[d]);
  return text;
}

std::string percent(double part) {
  return part < 10 ? fmt::format("{:.2g} %", 100 * part) : fmt::format("{:.1e} times its size", part);
}

/// Whether the problem may be that of a smallest energy, and what is missed lies at its boundary: there
/// strong forms suffer from corners and changing conditions, in which derivatives grow without bound, and
/// energies do not.
bool energy_may_help(const Problem& problem, const Box& worst) {
  constexpr double touching = 1e-9;
  if (worst.dimension < 2 || time_direction(problem) >= 0 || is_weak(problem) || !problem.unknowns.empty() ||
      observations(problem) > 0)
    return false;
  const auto model = compile(problem);
  if (model.order != 2 || !model.affine) return false;
  const auto& box = model.region.box();
  for (int d = 0; d < box.dimension; ++d)
    if (worst.lower[d] - box.lower[d] < touching * box.width(d) ||
        box.upper[d] - worst.upper[d] < touching * box.width(d))
      return true;
  return model.region.shapes() > 0;
}

/// What helps against the estimated error of a field. @param worst core
std::string remedy(const Problem& problem, const ErrorEstimate& estimate, const Box& worst) {
  if (estimate.of_unknowns > 0.5 * estimate.l2_relative)
    return "it is what the data leave uncertain of the unknowns: give more data, or data with smaller "
           "errors, "
           "or accept it by a larger solver.accuracy";
  if (estimate.rough)
    return "the solution is not smooth there, so that higher degrees do not help (a kink, a coefficient or a "
           "source that jumps, a corner, conditions that change): place decomposition.breakpoints, or a "
           "[[domain.interface]] with its conditions, where it is, and smaller subdomains towards it; of a "
           "problem with an energy (heat, elasticity), state that as [[energy]], to which coefficients that "
           "jump "
           "do no harm";
  if (energy_may_help(problem, worst))
    return "where a corner of the domain points inwards, conditions change along the boundary or a body is "
           "slender, state the problem by its [[energy]] (heat, elasticity, potential flow), with "
           "decomposition.breakpoints graded towards that place; where there is no such place, leave the "
           "numerics to solver.accuracy, or use more decomposition.subdomains or a higher "
           "network.polynomial_degree";
  return fmt::format(
      "leave the numerics to solver.accuracy, or use more decomposition.subdomains there or all over, a "
      "higher network.polynomial_degree or more network.hidden with the points.interior for it{}",
      time_direction(problem) >= 0 ? ", or, where errors grow in time, more time.slabs" : "");
}

/// An estimated error in units of what is allowed.
double excess(const ErrorEstimate& estimate, std::optional<double> accuracy) {
  if (accuracy) return estimate.of_variation / *accuracy;
  const double uncertain = std::min(1.0, relative(estimate.of_unknowns, estimate.l2_relative));
  return estimate.of_variation *
         std::max(std::sqrt(1 - uncertain * uncertain) / usual_accuracy, uncertain / usual_uncertainty);
}

std::optional<std::string> poor_estimate(const Problem& problem, const ErrorEstimates& estimates,
                                         std::optional<double> asked) {
  const auto all = estimates.result();
  const auto by_excess = [&](const ErrorEstimate& estimate) { return excess(estimate, asked); };
  const auto worst = std::ranges::max_element(all, {}, by_excess);
  if (worst == all.end() || excess(*worst, asked) <= 1) return {};
  const bool uncertain = worst->of_unknowns > 0.5 * worst->l2_relative;
  const double accuracy = asked.value_or(uncertain ? usual_uncertainty : usual_accuracy);
  const auto& where = estimates.worst(worst - all.begin());
  return fmt::format("the estimated error of {} is {} (up to {} counts as resolved), {} of it in {}; {}",
                     worst->field, percent(worst->of_variation), percent(accuracy), percent(where.share),
                     place(where.core, problem.domain.coordinates), remedy(problem, *worst, where.core));
}

/// From which part of a statement's terms its residual speaks against a solution whose estimated errors are
/// small: interface coupling leaves 0.13 in solutions with errors of 0.4 %.
constexpr double not_a_solution = 0.3;

/// A minimum of the sum of squares that is no solution has no correction either.
std::optional<std::string> poor_statement(const Problem& problem, const std::map<std::string, Misfit>& all) {
  if (!problem.unknowns.empty() || observations(problem) > 0) return {};
  for (const auto& [name, misfit] : all)
    if (misfit.relative > not_a_solution)
      return fmt::format(
          "the {} '{}' is not met (its residual is {:.0f} % of all its terms); see the warning about it",
          misfit.condition ? "condition" : "equation", name, 100 * misfit.relative);
  return {};
}

}  // namespace

std::optional<std::string> unresolved(const Problem& problem, const ErrorEstimates& estimates,
                                      const std::map<std::string, Misfit>& misfits,
                                      const std::vector<std::string>& doubts,
                                      std::optional<double> accuracy) {
  if (!doubts.empty()) return doubts.front();
  if (!estimates.converged())
    return "no error could be estimated (the iteration for the correction by richer networks has not "
           "converged); "
           "see whether the conditions make the solution unique, or use solver.krylov.preconditioner = "
           "\"direct\"";
  // A residual that stays can be a statement that nothing meets: that is the better word for it.
  const auto statement = poor_statement(problem, misfits);
  if (statement && std::ranges::any_of(estimates.result(), &ErrorEstimate::rough)) return statement;
  const auto reason = poor_estimate(problem, estimates, accuracy);
  return reason ? reason : statement;
}

bool exact_to_rounding(const std::vector<ErrorEstimate>& all) {
  return !all.empty() &&
         std::ranges::all_of(all, [](const auto& estimate) { return estimate.l2_relative <= rounding; });
}

}  // namespace ddpinn
