// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// Networks of the interface coupling are trained, each on its own rows, with the same result on any number of
// ranks.
#include "solver/interface_cases.hpp"
#include "support/catch.hpp"

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

/// One wave per direction, on 3 x 3 subdomains of small networks.
const std::string waves =
    on_the_square(equation("u_xx + u_yy + 2*pi**2*sin(pi*x)*sin(pi*y)") + condition("\"boundary\"", "u"),
                  "sin(pi*x)*sin(pi*y)");

std::vector<std::string> small(const std::string& method, const std::vector<std::string>& further) {
  std::vector<std::string> result{"decomposition.subdomains=[3, 3]",
                                  "network.hidden=[6]",
                                  "network.scale=0.7",
                                  "network.seed=4",
                                  "points.interior=7",
                                  "points.boundary=7",
                                  "solver.method=" + method};
  result.insert(result.end(), further.begin(), further.end());
  return result;
}

void require_same(const InterfaceCaseSolved& together, const InterfaceCaseSolved& alone, double tolerance) {
  const auto points = probes(alone, 40);
  const auto found = together.field(0, points), expected = alone.field(0, points);
  for (std::size_t i = 0; i < points.size(); ++i) REQUIRE(std::abs(found[i] - expected[i]) < tolerance);
}

/// Solves on all ranks and on each alone, and compares. @returns the largest error
double error_of(const std::string& text, const std::vector<std::string>& options, double tolerance) {
  const InterfaceCaseSolved together(text, MPI_COMM_WORLD, options), alone(text, MPI_COMM_SELF, options);
  INFO(together.solution.stop_reason);
  REQUIRE(together.solution.converged);
  require_same(together, alone, tolerance);
  return alone.error();
}

}  // namespace

TEST_CASE("Interface coupling: Gauss-Newton improves on random features, the same on any number of ranks") {
  const auto before = error_of(waves, small("least-squares", {}), 1e-6);
  const std::vector<std::string> steps{"solver.max_iterations=12", "decomposition.interface.local_steps=2"};
  REQUIRE(error_of(waves, small("gauss-newton", steps), 1e-3 * before) < 0.5 * before);
  const std::vector<std::string> traces_only{"solver.max_iterations=60",
                                             "decomposition.interface.local_steps=6",
                                             "decomposition.interface.acceleration=none"};
  REQUIRE(error_of(waves, small("gauss-newton", traces_only), 1e-2 * before) < before);
}

TEST_CASE("Interface coupling: Adam and L-BFGS train with traces, the same on any number of ranks") {
  const std::vector<std::string> steps{"solver.max_iterations=40", "decomposition.interface.local_steps=4",
                                       "solver.adam.learning_rate=0.02"};
  for (const std::string method : {"adam", "lbfgs"})
    REQUIRE(error_of(harmonic, small(method, steps), 1e-4) < 1.5);
  auto more = steps;
  more.front() = "solver.max_iterations=120";
  REQUIRE(error_of(harmonic, small("[\"adam\", \"least-squares\"]", more), 1e-4) < 0.1);
}

TEST_CASE("Interface coupling: training of a nonlinear problem, and with a coarse grid") {
  const std::vector<std::string> steps{"solver.max_iterations=4", "decomposition.interface.local_steps=2"};
  error_of(bratu, {"solver.method=gauss-newton", "network.hidden=[4]", "solver.max_iterations=4"}, 1e-4);
  auto with_grid = steps;
  with_grid.push_back("coarse.grid=[6, 6]");
  error_of(harmonic, small("gauss-newton", with_grid), 1e-4);
}

TEST_CASE("Interface coupling: layers in time are trained one after the other") {
  const std::vector<std::string> few{"network.hidden=[6]", "points.interior=8", "points.boundary=8",
                                     "solver.max_iterations=6", "decomposition.interface.local_steps=2"};
  auto random = few, trained = few;
  random.push_back("solver.method=least-squares");
  trained.push_back("solver.method=gauss-newton");
  REQUIRE(error_of(heat, trained, 1e-3) < 0.5 * error_of(heat, random, 1e-5));
}
