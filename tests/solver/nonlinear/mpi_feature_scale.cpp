// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/nonlinear/feature_scale.hpp"
#include "support/cases.hpp"
#include "support/catch.hpp"
#include "support/solve_case.hpp"

#include <fmt/format.h>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

struct Choice {
  double scale = 0;
  std::vector<ScaleTrial> trials;
};

/// @note Collective over the ranks.
Choice choose(const std::string& text, MPI_Comm ranks) {
  const SmallCase c(text, ranks);
  Choice choice;
  choice.scale = choose_scale(c.space, choice.trials);
  return choice;
}

/// On each rank alone.
double error_at(const std::string& text, double scale) {
  return SolvedCase(text, MPI_COMM_SELF,
                    {fmt::format("network.scale={}", scale), "solver.krylov.preconditioner=\"direct\""})
      .error();
}

const std::string smooth =
    on_the_line(equation("u_xx + pi**2*sin(pi*x)") + condition("\"boundary\"", "u"), "sin(pi*x)");

const std::string wavy =
    on_the_line(equation("u_xx + 400*pi**2*sin(20*pi*x)") + condition("\"boundary\"", "u"), "sin(20*pi*x)");

}  // namespace

TEST_CASE("The chosen scale is nearly as good as the best of those that are tried") {
  for (const auto& text : {smooth, wavy}) {
    const auto [scale, trials] = choose(text, MPI_COMM_WORLD);
    double best = std::numeric_limits<double>::infinity(), worst = 0;
    for (const auto& trial : trials) {
      const double error = error_at(text, trial.scale);
      best = std::min(best, error);
      worst = std::max(worst, error);
    }
    const double error = error_at(text, scale);
    INFO("scale " << scale << ": " << error << ", best " << best << ", worst " << worst);
    REQUIRE(worst > 10 * best);         // else there would be nothing to choose
    constexpr double rounding = 1e-11;  // below, errors differ by chance
    REQUIRE(error < 3 * std::max(best, rounding));
  }
}

TEST_CASE("About the solution, a scale is chosen that resolves its layer") {
  // At the start, where u is zero, the equation is u_xx = 0: every scale is as good.
  const auto layer =
      on_the_line(equation("u*u_x - 0.05*u_xx") + condition("\"boundary\"", "u + tanh(10*(x - 0.5))"),
                  "-tanh(10*(x - 0.5))");
  const auto solved = [&](double scale, Start start) {
    return SolvedCase(layer, MPI_COMM_WORLD,
                      {fmt::format("network.scale={}", scale), "solver.krylov.preconditioner=\"direct\""},
                      std::move(start));
  };
  double best = std::numeric_limits<double>::infinity(), worst = 0;
  for (double scale : {0.3, 1.0, 3.0}) {
    const double error = solved(scale, {}).error();
    best = std::min(best, error);
    worst = std::max(worst, error);
  }
  const auto chosen = solved(0.3, {.choose_scale = ScaleRange::all});
  INFO("scale " << chosen.discretisation.family().scale << ": " << chosen.error() << ", of " << best << " to "
                << worst);
  REQUIRE(chosen.solution.converged);
  REQUIRE(worst > 10 * best);
  REQUIRE(chosen.error() < 3 * best);
}

TEST_CASE("Near a scale, it and the next ones are tried") {
  const SmallCase c(smooth, MPI_COMM_WORLD, {"network.scale=0.7"});
  std::vector<ScaleTrial> trials;
  choose_scale(c.space, trials, {}, ScaleRange::near);
  REQUIRE(trials.size() == 3);
  REQUIRE(trials.front().scale == 0.5);
  REQUIRE(trials.back().scale == 1.0);
}

TEST_CASE("The same scale is chosen on any number of ranks") {
  for (const auto& text : {smooth, wavy, small_poisson}) {
    const auto together = choose(text, MPI_COMM_WORLD), alone = choose(text, MPI_COMM_SELF);
    REQUIRE(together.scale == alone.scale);
    REQUIRE(together.trials.size() == alone.trials.size());
    for (std::size_t i = 0; i < alone.trials.size(); ++i) {
      REQUIRE(together.trials[i].scale == alone.trials[i].scale);
      REQUIRE(together.trials[i].misfit == Approx(alone.trials[i].misfit).epsilon(1e-6));
    }
  }
}
