// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/training/training.hpp"

#include "solver/training/adam.hpp"
#include "support/cases.hpp"
#include "support/catch.hpp"
#include "support/solve_case.hpp"

#include <cmath>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

/// A training, and the fields that it ends with at some points.
struct Training : CaseWithSolution {
  Training(const std::string& text, MPI_Comm ranks, std::vector<std::string> overrides)
      : CaseWithSolution(text, ranks, of_small_networks(std::move(overrides))) {
    Timers timers;
    Monitor monitor;
    monitor.timers = &timers;
    monitor.iteration = [&](const Iteration& iteration) {
      if (std::isfinite(iteration.objective)) history.push_back(iteration);
    };
    solution = train(comm, discretisation, file.options, monitor);
    const std::vector<Point> points{{0.1, 0.2}, {0.34, 0.3}, {0.5, 0.66}, {0.9, 0.4}, {0.7, 0.95}};
    values = values_at(solution.field, points, {{0, {}}, {0, {1, 0}}});
  }

  static std::vector<std::string> of_small_networks(std::vector<std::string> overrides) {
    overrides.insert(overrides.begin(), {"network.hidden=[5, 4]", "network.scale=1"});
    return overrides;
  }

  std::vector<Iteration> history;
  FieldValues values;
};

void require_same(const Training& found, const Training& expected, double tolerance) {
  REQUIRE(found.solution.residual == Approx(expected.solution.residual).epsilon(tolerance));
  for (std::size_t a = 0; a < found.values.size(); ++a)
    for (std::size_t i = 0; i < found.values[a].size(); ++i)
      REQUIRE(found.values[a][i] == Approx(expected.values[a][i]).epsilon(tolerance).margin(tolerance));
}

std::vector<std::string> adam(const std::string& schedule, int every, int steps = 24) {
  return {"solver.method=\"adam\"", "solver.adam.learning_rate=0.01",
          "solver.adam.schedule=\"" + schedule + "\"", "solver.adam.every=" + std::to_string(every),
          "solver.max_iterations=" + std::to_string(steps)};
}

}  // namespace

TEST_CASE("The first step of Adam is the learning rate along each sign of the gradient") {
  AdamMoments moments(3);
  std::vector<double> parameters{1, 2, 3};
  moments.step(0.1, std::vector<double>{5, -0.01, 0}, parameters);
  REQUIRE(parameters[0] == Approx(0.9));
  REQUIRE(parameters[1] == Approx(2.1));
  REQUIRE(parameters[2] == 3);
}

TEST_CASE("The learning rate falls by its factor") {
  const AdamOptions options{0.1, 10, 0.5, AdamSchedule::all, 1, 1};
  REQUIRE(learning_rate(options, 9) == Approx(0.1));
  REQUIRE(learning_rate(options, 10) == Approx(0.05));
  REQUIRE(learning_rate(options, 29) == Approx(0.025));
}

TEST_CASE("Adam is the same on any number of ranks, in every schedule") {
  // Adam divides by the size of the gradient: where that is zero by symmetry, it follows rounding.
  for (const auto& options : {adam("all", 1), adam("additive", 4), adam("multiplicative", 3)})
    require_same(Training(small_poisson, MPI_COMM_WORLD, options),
                 Training(small_poisson, MPI_COMM_SELF, options), 1e-5);
  const auto options = adam("additive", 2, 6);
  require_same(Training(tangled, MPI_COMM_WORLD, options), Training(tangled, MPI_COMM_SELF, options), 1e-6);
}

TEST_CASE("Adam with refreshes in every step is Adam on all parameters together") {
  require_same(Training(small_poisson, MPI_COMM_WORLD, adam("additive", 1)),
               Training(small_poisson, MPI_COMM_WORLD, adam("all", 1)), 1e-5);
}

TEST_CASE("Adam decreases the sum of squares in every schedule") {
  for (const auto& options :
       {adam("all", 1, 100), adam("additive", 5, 100), adam("multiplicative", 5, 100)}) {
    const Training training(small_poisson, MPI_COMM_WORLD, options);
    REQUIRE(training.history.back().objective < 0.98 * training.history.front().objective);
    REQUIRE(training.solution.nonlinear_iterations == 100);
  }
}

TEST_CASE("A round that is relaxed keeps its part of what it has changed") {
  auto options = adam("additive", 3, 3);
  options.push_back("solver.adam.relaxation=1");
  const Training whole(small_poisson, MPI_COMM_WORLD, options);
  options.back() = "solver.adam.relaxation=0.25";
  const Training part(small_poisson, MPI_COMM_WORLD, options);
  for (const auto& [k, coefficients] : whole.solution.field.coefficients())
    for (std::size_t i = 0; i < coefficients.entries().size(); ++i)  // zero at the start
      REQUIRE(part.solution.field[k].entries()[i] == Approx(0.25 * coefficients.entries()[i]).margin(1e-15));
}

TEST_CASE("Adam ends at its tolerance, and counts what it sends") {
  auto options = adam("multiplicative", 2, 400);
  options.insert(options.end(), {"solver.tolerance=0.5", "network.seed=2"});
  const Training training(small_poisson, MPI_COMM_WORLD, options);
  REQUIRE(training.solution.converged);
  REQUIRE(training.solution.nonlinear_iterations < 400);
  REQUIRE(training.history.back().residual <= 0.5);
  const Training often(small_poisson, MPI_COMM_WORLD, adam("additive", 2)),
      seldom(small_poisson, MPI_COMM_WORLD, adam("additive", 6));
  REQUIRE(often.solution.bytes_exchanged == 3 * seldom.solution.bytes_exchanged);
  REQUIRE((seldom.solution.bytes_exchanged > 0) == (Communicator(MPI_COMM_WORLD).size() > 1));
}

TEST_CASE("Single precision trains as double precision does, to its digits") {
  auto options = adam("all", 1, 10);
  const Training expected(small_poisson, MPI_COMM_WORLD, options);
  options.push_back("network.precision=\"float32\"");
  const Training found(small_poisson, MPI_COMM_WORLD, options);
  REQUIRE(found.solution.residual != expected.solution.residual);
  require_same(found, expected, 1e-3);
}

TEST_CASE("L-BFGS is the same on any number of ranks, and beats as many steps of Adam") {
  const std::vector<std::string> options{"solver.method=\"lbfgs\"", "solver.max_iterations=30"};
  const Training found(small_poisson, MPI_COMM_WORLD, options), alone(small_poisson, MPI_COMM_SELF, options);
  require_same(found, alone, 1e-4);
  REQUIRE(found.solution.residual <
          Training(small_poisson, MPI_COMM_WORLD, adam("all", 1, 30)).solution.residual);
}

TEST_CASE("Gauss-Newton on all parameters improves on random features, most with variable projection") {
  const auto trained = [](const std::string& method, bool projection, MPI_Comm ranks) {
    return Training(
        small_poisson, ranks,
        {"solver.method=\"" + method + "\"", "solver.max_iterations=8",
         std::string("solver.gauss_newton.variable_projection=") + (projection ? "true" : "false")});
  };
  const auto projected = trained("gauss-newton", true, MPI_COMM_WORLD),
             plain = trained("gauss-newton", false, MPI_COMM_WORLD);
  require_same(projected, trained("gauss-newton", true, MPI_COMM_SELF), 1e-3);
  REQUIRE(plain.history.back().objective < 0.8 * plain.history.front().objective);
  REQUIRE(projected.solution.residual < 0.7 * plain.solution.residual);
}

TEST_CASE("Points that move are the same on any number of ranks") {
  const auto trained = [](MPI_Comm ranks, int every) {
    return Training(small_poisson, ranks,
                    {"solver.method=\"gauss-newton\"", "solver.max_iterations=6",
                     "solver.gauss_newton.damping=0.01", "points.refine.every=" + std::to_string(every)});
  };
  const auto moved = trained(MPI_COMM_WORLD, 2);
  require_same(moved, trained(MPI_COMM_SELF, 2), 1e-3);
  REQUIRE(moved.solution.residual != Approx(trained(MPI_COMM_WORLD, 0).solution.residual).epsilon(1e-3));
}

TEST_CASE("Gauss-Newton solves nonlinear systems with exact enforcement") {
  const Training training(tangled, MPI_COMM_WORLD,
                          {"solver.method=\"gauss-newton\"", "solver.max_iterations=6"});
  const auto before = Training(tangled, MPI_COMM_WORLD,
                               {"solver.method=[\"least-squares\", \"adam\"]", "solver.max_iterations=1"});
  REQUIRE(training.solution.residual < before.solution.residual);
}

TEST_CASE("A method starts where the one before it has ended") {
  const std::vector<std::string> steps{"solver.max_iterations=12"};
  const auto run = [&](const std::string& method) {
    return Training(small_poisson, MPI_COMM_WORLD, {steps.front(), "solver.method=" + method});
  };
  const auto first = run("\"adam\""), both = run("[\"adam\", \"lbfgs\"]"),
             solved = run("[\"adam\", \"least-squares\"]");
  REQUIRE(both.history[first.history.size()].objective <= first.history.back().objective);
  REQUIRE(solved.solution.residual < first.solution.residual);
}

TEST_CASE("A method that leaves the rows worse than it found them has not converged") {
  const Training training(small_poisson, MPI_COMM_WORLD,
                          {"solver.method=[\"least-squares\", \"adam\"]", "solver.max_iterations=5",
                           "solver.adam.learning_rate=0.1"});
  REQUIRE(!training.solution.converged);
  REQUIRE(training.solution.stop_reason.find("made them worse") != std::string::npos);
}
