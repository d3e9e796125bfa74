// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// The interface coupling finds the same on any number of ranks: each rank solves the case alone too, and
// compares.
#include "solver/interface_cases.hpp"
#include "support/catch.hpp"

#include <chrono>
#include <thread>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

void require_same(const std::string& text, double tolerance, const std::vector<std::string>& overrides = {}) {
  const InterfaceCaseSolved together(text, MPI_COMM_WORLD, overrides), alone(text, MPI_COMM_SELF, overrides);
  INFO(together.solution.stop_reason << " and " << alone.solution.stop_reason);
  REQUIRE(together.solution.converged);
  REQUIRE(alone.solution.converged);
  REQUIRE(together.solution.unknowns == alone.solution.unknowns);
  REQUIRE(together.solution.interface->trace_rows == alone.solution.interface->trace_rows);
  REQUIRE(std::abs(together.solution.krylov_iterations - alone.solution.krylov_iterations) <= 1);
  REQUIRE(alone.solution.interface->bytes == 0);
  if (together.comm.size() > 1 && together.space.decomposition().size() > 1)
    REQUIRE(together.solution.interface->bytes > 0);
  const auto points = probes(alone, 40);
  const auto found = together.field(0, points), expected = alone.field(0, points);
  for (std::size_t i = 0; i < points.size(); ++i) REQUIRE(std::abs(found[i] - expected[i]) < tolerance);
}

const std::vector<std::string> small{"decomposition.subdomains=[3, 3]", "network.hidden=[20]",
                                     "points.interior=9", "points.boundary=8"};

std::vector<std::string> small_with(const std::string& key) {
  auto overrides = small;
  overrides.push_back(key);
  return overrides;
}

}  // namespace

TEST_CASE("Interface coupling: the same solution and iterations on any number of ranks") {
  require_same(harmonic, 1e-8, small);
  require_same(harmonic, 1e-8, small_with("decomposition.interface.order=multiplicative"));
  require_same(harmonic, 1e-8, small_with("decomposition.interface.order=restricted"));
}

TEST_CASE("Interface coupling with a coarse grid: the same on any number of ranks") {
  require_same(harmonic, 1e-8, small_with("coarse.grid=[6, 6]"));
}

TEST_CASE("Interface coupling with observations: the same on any number of ranks") {
  require_same(harmonic + observed("noise = 0.01\n"), 1e-7);
}

TEST_CASE("Interface coupling of materials: the same on any number of ranks") {
  require_same(two_materials(), 1e-8);
  require_same(two_materials(), 1e-8, {"coarse.grid=[12, 12]"});
}

TEST_CASE("Interface coupling in time: the same on any number of ranks") { require_same(heat, 1e-7); }

namespace {

/// With and without congruence the same, but for rounding. @param kinds of local problems with it
void require_congruent(const std::string& text, std::vector<std::string> overrides, long long kinds,
                       double tolerance = 1e-8) {
  overrides.insert(overrides.end(), {"solver.tolerance=1e-8", "solver.krylov.compression=1e-8"});
  const InterfaceCaseSolved congruent(text, MPI_COMM_WORLD, overrides);
  overrides.push_back("solver.congruence=false");
  const InterfaceCaseSolved each(text, MPI_COMM_WORLD, overrides);
  INFO(congruent.solution.stop_reason << " and " << each.solution.stop_reason);
  REQUIRE(congruent.solution.converged);
  REQUIRE(congruent.solution.interface->classes == kinds);
  REQUIRE(each.solution.interface->classes == each.space.decomposition().cores());
  REQUIRE(congruent.solution.unknowns == each.solution.unknowns);
  REQUIRE(congruent.solution.krylov_iterations == each.solution.krylov_iterations);
  const auto points = probes(each, 60);
  for (std::size_t f = 0; f < each.space.model().fields.size(); ++f) {
    const auto found = congruent.field(f, points), expected = each.field(f, points);
    for (std::size_t i = 0; i < points.size(); ++i) REQUIRE(std::abs(found[i] - expected[i]) < tolerance);
  }
}

const std::vector<std::string> seven{"decomposition.subdomains=[7, 7]", "network.hidden=[30]",
                                     "points.interior=9", "points.boundary=9"};

std::vector<std::string> seven_with(const std::string& key) {
  auto overrides = seven;
  overrides.push_back(key);
  return overrides;
}

}  // namespace

TEST_CASE("Congruent subdomains give what each for itself gives") {
  require_congruent(harmonic, seven, 25);
  require_congruent(harmonic, seven_with("coarse.grid=[7, 7]"), 25);
  require_congruent(harmonic, seven_with("decomposition.interface.transmission=dirichlet"), 25);
  require_congruent(harmonic, seven_with("decomposition.interface.order=multiplicative"), 36);
  require_congruent(harmonic, seven_with("decomposition.interface.order=restricted"), 49);
}

TEST_CASE("Subdomains are congruent where their coefficients repeat") {
  // A coefficient with the period of two cores, and one that is nowhere the same.
  const auto with_coefficient = [](const std::string& k) {
    return on_the_square(
        equation("(2 + " + k + ")*(u_xx + u_yy)") + condition("\"boundary\"", "u - exp(x)*cos(y)"),
        "exp(x)*cos(y)");
  };
  auto twelve = seven;
  twelve.front() = "decomposition.subdomains=[12, 6]";
  require_congruent(with_coefficient("cos(12*pi*x)"), twelve, 30);
  twelve.push_back("coarse.grid=[12, 6]");
  require_congruent(with_coefficient("cos(12*pi*x)"), twelve, 30);
  require_congruent(with_coefficient("x**2 + 3*y"), seven, 49);
  require_congruent(with_coefficient("x + y"), seven,
                    45);  // the same along diagonals of the 3 x 3 in the middle
}

TEST_CASE("Where coefficients vary, congruent boxes of polynomials share what traces go through") {
  const auto varying = on_the_square(
      equation("exp(x - 2*y)*(u_xx + u_yy + u_x - 2*u_y) - 1") + condition("\"boundary\"", "u - x*y"), "x*y");
  const std::vector<std::string> of_polynomials{"decomposition.subdomains=[6, 6]", "network.hidden=[0]",
                                                "network.polynomial_degree=6"};
  require_congruent(varying, of_polynomials, 36, 1e-9);
  for (const std::string key : {"coarse.grid=[6, 6]", "decomposition.interface.order=multiplicative"}) {
    auto overrides = of_polynomials;
    overrides.push_back(key);
    require_congruent(varying, overrides, 36, 1e-9);
  }
}

TEST_CASE("Congruent subdomains in time, of nonlinear equations, and in periodic directions") {
  auto in_time = seven;
  in_time.front() = "decomposition.subdomains=[7, 2]";
  require_congruent(heat, in_time, 10);
  const auto reaction = on_the_square(
      equation("u_xx + u_yy - u**3 + exp(3*x)*cos(y)**3") + condition("\"boundary\"", "u - exp(x)*cos(y)"),
      "exp(x)*cos(y)");
  require_congruent(reaction, seven_with("network.seed=2"), 49);
  require_congruent(reaction, seven_with("coarse.grid=[7, 7]"), 49);
  const auto round = on_the_square(equation("u_xx + u_yy - u + (1 + 8*pi**2)*sin(2*pi*x)*sin(2*pi*y)") +
                                       condition("\"y.lower\", \"y.upper\"", "u"),
                                   "sin(2*pi*x)*sin(2*pi*y)");
  require_congruent(round, seven_with("domain.periodic=[\"x\"]"), 25);
}

TEST_CASE("Interface coupling: ranks that are late at random neither hang nor change the result") {
  const Communicator world(MPI_COMM_WORLD);
  Random random(3, world.rank());
  int delays = 0;
  const auto late = [&] {
    std::this_thread::sleep_for(std::chrono::microseconds(static_cast<int>(random.uniform(0, 300))));
    ++delays;
    return false;
  };
  // Iterations that can't reach their tolerance, with an exchange for each of four colours: 1000 exchanges.
  auto overrides = small_with("decomposition.interface.order=multiplicative");
  for (const std::string key : {"decomposition.interface.acceleration=none", "solver.tolerance=1e-300",
                                "solver.krylov.max_iterations=250"})
    overrides.push_back(key);
  const InterfaceCaseSolved delayed(harmonic, MPI_COMM_WORLD, overrides, late);
  const InterfaceCaseSolved alone(harmonic, MPI_COMM_SELF, overrides);
  const auto points = probes(alone, 20);
  const auto found = delayed.field(0, points), expected = alone.field(0, points);
  for (std::size_t i = 0; i < points.size(); ++i) REQUIRE(std::abs(found[i] - expected[i]) < 1e-9);
  REQUIRE(delays >= 20);
}

TEST_CASE("Interface coupling of a nonlinear problem: the same on any number of ranks") {
  require_same(bratu, 1e-6);
}
