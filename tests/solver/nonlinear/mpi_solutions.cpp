// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// What is found does not depend on the number of ranks: each rank solves the case alone too, and compares.
#include "support/cases.hpp"
#include "support/catch.hpp"
#include "support/solve_case.hpp"

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

void require_same_solution(const std::string& text, double tolerance,
                           const std::vector<std::string>& overrides = {}) {
  const SolvedCase together(text, MPI_COMM_WORLD, overrides), alone(text, MPI_COMM_SELF, overrides);
  REQUIRE(together.solution.rows == alone.solution.rows);
  REQUIRE(together.solution.unknowns == alone.solution.unknowns);
  REQUIRE(together.solution.coarse_unknowns == alone.solution.coarse_unknowns);
  REQUIRE(together.solution.converged);
  REQUIRE(alone.solution.converged);
  const auto points = probes(alone, 60);
  for (int f = 0; f < static_cast<int>(alone.space.model().fields.size()); ++f) {
    const auto found = together.field(f, points), expected = alone.field(f, points);
    for (std::size_t i = 0; i < points.size(); ++i) {
      INFO("field " << f << ", point " << i << ", " << together.solution.stop_reason);
      REQUIRE(std::abs(found[i] - expected[i]) < tolerance);
    }
  }
}

}  // namespace

TEST_CASE("A linear problem has the same solution on any number of ranks") {
  require_same_solution(small_poisson, 1e-6);
}

TEST_CASE("A problem with a hole, and coarser levels, has the same solution on any number of ranks") {
  const std::string hole =
      "[[domain.remove]]\nname = \"hole\"\nball = { center = [0.45, 0.55], radius = 0.2 }\n";
  require_same_solution(
      on_the_square(equation("u_xx + u_yy") + condition("\"boundary\"", "u - exp(x)*cos(y)"), "exp(x)*cos(y)",
                    hole),
      1e-5, {"decomposition.levels=[[1, 1]]", "network.hidden=[15]", "solver.krylov.compression=1e-8"});
}

TEST_CASE("Levels give the right solution, and a better one than the finest alone") {
  // Few features on each of many subdomains, and a solution that is smooth over all of them.
  const auto text =
      on_the_square(equation("u_xx + u_yy + 2*pi**2*sin(pi*x)*sin(pi*y)") + condition("\"boundary\"", "u"),
                    "sin(pi*x)*sin(pi*y)");
  const std::vector<std::string> fine{
      "decomposition.subdomains=[4, 4]", "network.hidden=[10]",  "points.interior=8", "points.boundary=8",
      "solver.krylov.compression=1e-8",  "solver.tolerance=1e-8"};
  const double alone = SolvedCase(text, MPI_COMM_WORLD, fine).error();
  auto levels = fine;
  levels.push_back("decomposition.levels=[[1, 1]]");
  const SolvedCase c(text, MPI_COMM_WORLD, levels);
  const double error = c.error();
  INFO(error << ", alone " << alone << "; " << c.solution.stop_reason);
  REQUIRE(c.solution.converged);
  REQUIRE(error < 3e-3);
  REQUIRE(error < alone);
}

TEST_CASE("A direct factorisation finds the same solution as the iteration, on any number of ranks") {
  const std::vector<std::string> direct{"solver.krylov.preconditioner=\"direct\""};
  require_same_solution(small_poisson, 1e-6, direct);
  const std::vector<std::string> more{"decomposition.subdomains=[5, 4]"};
  const SolvedCase factorised(small_poisson, MPI_COMM_WORLD, {direct.front(), more.front()}),
      iterated(small_poisson, MPI_COMM_WORLD, more);
  REQUIRE(factorised.solution.krylov_iterations <= 4);
  REQUIRE(factorised.solution.krylov_iterations < iterated.solution.krylov_iterations);
  const auto points = probes(iterated, 60);
  const auto found = factorised.field(0, points), expected = iterated.field(0, points);
  for (std::size_t i = 0; i < points.size(); ++i) REQUIRE(std::abs(found[i] - expected[i]) < 1e-6);
  require_same_solution(bratu, 1e-6, direct);
}

TEST_CASE("A nonlinear problem has the same solution on any number of ranks") {
  require_same_solution(bratu, 1e-6);
}

TEST_CASE("A periodic problem has the same solution on any number of ranks") {
  auto text = on_the_line(equation("-u_xx + u - (1 + 4*pi**2)*sin(2*pi*x)"), "sin(2*pi*x)");
  text.insert(text.find("[[equation]]"), "periodic = [\"x\"]\n");
  require_same_solution(text, 1e-6);
  require_same_solution(text, 1e-6, {"decomposition.subdomains=[2]"});
}

TEST_CASE("More ranks than subdomains find the same solution") {
  require_same_solution(on_the_line(equation("u_xx + 2") + condition("\"boundary\"", "u"), "x*(1 - x)"), 1e-6,
                        {"decomposition.subdomains=[1]"});
}

TEST_CASE("Subdomains without points, inside a removed shape, do no harm") {
  const std::string wall =
      "[[domain.remove]]\nname = \"block\"\nbox = { lower = [0.2, 0.2], upper = [0.8, 0.8] }\n";
  const auto text = on_the_square(equation("u_xx + u_yy") + condition("\"boundary\"", "u - exp(x)*cos(y)"),
                                  "exp(x)*cos(y)", wall);
  const std::vector<std::string> fine{"decomposition.subdomains=[7, 7]", "network.hidden=[8]",
                                      "points.interior=6", "points.boundary=6",
                                      "solver.krylov.compression=1e-7"};
  const SolvedCase c(text, MPI_COMM_WORLD, fine);
  std::vector<double> covered(c.space.owner().size(), 0);
  for (const auto& block : c.discretisation.blocks()) covered[block.subdomain] = 1;
  max(c.comm, covered);
  REQUIRE(std::ranges::count(covered, 0.0) >= 1);
  REQUIRE(c.solution.converged);
  REQUIRE(c.error() < 1e-3);
}
