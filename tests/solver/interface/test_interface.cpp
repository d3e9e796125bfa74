// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/interface_cases.hpp"
#include "support/catch.hpp"

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

const std::vector<std::string> three_by_three{"decomposition.subdomains=[3, 3]"};

std::vector<std::string> with(std::vector<std::string> overrides, const std::string& more) {
  overrides.push_back(more);
  return overrides;
}

/// The message with which the interface coupling refuses an equation.
std::string refusal(const std::string& text) {
  const SmallCase c(text, MPI_COMM_SELF);
  try {
    transmission_rule(c.file.problem, c.space.model(), {}, {});
  } catch (const Error& error) {
    REQUIRE(error.status() == Status::case_file);
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("Every transmission condition finds a harmonic function") {
  for (const std::string kind : {"dirichlet", "robin"}) {
    const InterfaceCaseSolved c(harmonic, MPI_COMM_SELF,
                                with(three_by_three, "decomposition.interface.transmission=" + kind));
    INFO(kind << ": " << c.solution.stop_reason);
    REQUIRE(c.solution.converged);
    REQUIRE(c.error() < 5e-5);
  }
  // Four subdomains, since one without a boundary of its own knows a harmonic function up to a constant.
  const InterfaceCaseSolved neumann(harmonic, MPI_COMM_SELF,
                                    {"decomposition.interface.transmission=neumann"});
  INFO(neumann.solution.stop_reason);
  REQUIRE(neumann.solution.converged);
  REQUIRE(neumann.error() < 5e-4);
}

TEST_CASE("Interface coupling of materials: boxes that reach into both, by much or little") {
  for (const std::string kind : {"dirichlet", "robin"}) {
    const InterfaceCaseSolved c(two_materials(), MPI_COMM_SELF,
                                {"decomposition.interface.transmission=" + kind});
    INFO(kind << ": " << c.solution.stop_reason);
    REQUIRE(c.solution.converged);
    REQUIRE(c.error() < 1e-4);
    const auto& decomposition = c.space.decomposition();
    REQUIRE(decomposition.live() < decomposition.size());
  }
  // The box of the left subdomains ends at the interface.
  const InterfaceCaseSolved end(two_materials(), MPI_COMM_SELF, {"decomposition.overlap=0.05"});
  INFO(end.solution.stop_reason);
  REQUIRE(end.solution.converged);
  REQUIRE(end.error() < 1e-3);
  const InterfaceCaseSolved nonlinear(two_materials("u**2 - solution**2"), MPI_COMM_SELF);
  INFO(nonlinear.solution.stop_reason);
  REQUIRE(nonlinear.solution.converged);
  REQUIRE(nonlinear.solution.nonlinear_iterations > 1);
  REQUIRE(nonlinear.error() < 1e-4);
}

TEST_CASE("Every order and acceleration finds the same solution") {
  const auto points = probes(SmallCase(harmonic, MPI_COMM_SELF), 40);
  const auto nine = with(three_by_three, "network.hidden=[45]");
  const InterfaceCaseSolved first(harmonic, MPI_COMM_SELF, nine);
  const auto expected = first.field(0, points);
  for (const std::string key : {"order=multiplicative", "order=restricted", "acceleration=anderson",
                                "acceleration=none", "robin_parameter=3"}) {
    const InterfaceCaseSolved c(harmonic, MPI_COMM_SELF,
                                with(with(nine, "decomposition.interface." + key), "solver.tolerance=1e-8"));
    INFO(key << ": " << c.solution.stop_reason);
    REQUIRE(c.solution.converged);
    const auto found = c.field(0, points);
    for (std::size_t i = 0; i < found.size(); ++i) REQUIRE(std::abs(found[i] - expected[i]) < 1e-5);
  }
}

TEST_CASE("Multiplicative sweeps take fewer iterations than additive ones") {
  const auto iterations = [&](const std::string& order) {
    const InterfaceCaseSolved c(harmonic, MPI_COMM_SELF,
                                with(with(three_by_three, "decomposition.interface.order=" + order),
                                     "decomposition.interface.acceleration=none"));
    REQUIRE(c.solution.converged);
    return c.solution.krylov_iterations;
  };
  REQUIRE(iterations("multiplicative") < iterations("additive"));
}

TEST_CASE("The interface and the windowed coupling agree to their errors") {
  const InterfaceCaseSolved interface(harmonic, MPI_COMM_SELF);
  const SolvedCase windowed(harmonic, MPI_COMM_SELF);
  const auto points = probes(windowed, 60);
  const auto one = interface.field(0, points), other = windowed.field(0, points);
  const double bound = interface.error() + windowed.error() + 1e-12;
  for (std::size_t i = 0; i < points.size(); ++i) REQUIRE(std::abs(one[i] - other[i]) <= bound);
}

TEST_CASE("A coarse grid cuts the iterations of many subdomains") {
  const std::vector<std::string> many{"decomposition.subdomains=[8, 8]",
                                      "network.hidden=[32]",
                                      "points.interior=10",
                                      "points.boundary=10",
                                      "solver.tolerance=1e-6",
                                      "decomposition.interface.transmission=dirichlet"};
  const InterfaceCaseSolved without(harmonic, MPI_COMM_SELF, many);
  const InterfaceCaseSolved with_grid(harmonic, MPI_COMM_SELF, with(many, "coarse.grid=[16, 16]"));
  INFO(with_grid.solution.stop_reason << " and " << without.solution.stop_reason);
  REQUIRE(with_grid.solution.converged);
  INFO(with_grid.solution.krylov_iterations << " and " << without.solution.krylov_iterations
                                            << " iterations");
  REQUIRE(with_grid.solution.krylov_iterations <= 15);
  REQUIRE(2 * with_grid.solution.krylov_iterations < without.solution.krylov_iterations);
  REQUIRE(with_grid.error() < 1e-5);
}

TEST_CASE("A coarse grid cuts the iterations of materials too") {
  const std::vector<std::string> many{"decomposition.subdomains=[5, 5]",
                                      "decomposition.interface.transmission=dirichlet"};
  const InterfaceCaseSolved without(two_materials(), MPI_COMM_SELF, many);
  const InterfaceCaseSolved with_grid(two_materials(), MPI_COMM_SELF, with(many, "coarse.grid=[20, 20]"));
  INFO(with_grid.solution.stop_reason << " and " << without.solution.stop_reason);
  REQUIRE(with_grid.solution.converged);
  INFO(with_grid.solution.krylov_iterations << " and " << without.solution.krylov_iterations
                                            << " iterations");
  REQUIRE(with_grid.solution.krylov_iterations < without.solution.krylov_iterations);
  REQUIRE(with_grid.error() < 1e-4);
  const InterfaceCaseSolved nonlinear(two_materials("u**2 - solution**2"), MPI_COMM_SELF,
                                      {"coarse.grid=[16, 16]"});
  INFO(nonlinear.solution.stop_reason);
  REQUIRE(nonlinear.solution.converged);
  REQUIRE(nonlinear.error() < 1e-4);
}

TEST_CASE("Heat and wave equations are solved forward in time") {
  for (const auto& text : {heat, wave}) {
    const InterfaceCaseSolved c(text, MPI_COMM_SELF);
    INFO(c.solution.stop_reason);
    REQUIRE(c.solution.converged);
    REQUIRE(c.error() < 1e-5);
  }
}

TEST_CASE("A plate, of fourth order, takes value and normal derivative") {
  const auto text =
      on_the_line(equation("u_xxxx - 24") + condition("\"boundary\"", "u - x**4") +
                      "[[condition]]\nname = \"slope\"\non = [\"boundary\"]\nresidual = \"u_x - 4*x**3\"\n",
                  "x**4");
  const InterfaceCaseSolved c(text, MPI_COMM_SELF);
  INFO(c.solution.stop_reason);
  REQUIRE(c.solution.converged);
  REQUIRE(c.error() < 1e-5);
}

TEST_CASE("A periodic direction has interfaces at its ends") {
  auto text = on_the_line(equation("-u_xx + u - (1 + 4*pi**2)*sin(2*pi*x)"), "sin(2*pi*x)");
  text.insert(text.find("[[equation]]"), "periodic = [\"x\"]\n");
  for (const std::string n : {"4", "2", "1"}) {
    const InterfaceCaseSolved c(
        text, MPI_COMM_SELF,
        {"decomposition.subdomains=[" + n + "]", "network.hidden=[40]", "points.interior=50"});
    INFO(n << " subdomains: " << c.solution.stop_reason);
    REQUIRE(c.solution.converged);
    REQUIRE(c.error() < 1e-4);
  }
}

TEST_CASE("Bratu's problem converges by Newton's method, from zero and from the grid") {
  const InterfaceCaseSolved c(bratu, MPI_COMM_SELF);
  INFO(c.solution.stop_reason);
  REQUIRE(c.solution.converged);
  REQUIRE(c.error() < 1e-6);
  const InterfaceCaseSolved with_grid(bratu, MPI_COMM_SELF, {"coarse.grid=[8]"});
  INFO(with_grid.solution.stop_reason);
  REQUIRE(with_grid.solution.converged);
  REQUIRE(with_grid.error() < 1e-6);
  REQUIRE(with_grid.solution.nonlinear_iterations <= c.solution.nonlinear_iterations);
}

TEST_CASE("Layers in time start from the grid where they are nonlinear") {
  const std::string front = "0.5 - 0.5*tanh((x - 0.25 - 0.5*t)/0.4)";
  const auto text = in_time(
      equation("u_t + u*u_x - 0.1*u_xx") + condition("\"boundary\", \"t.lower\"", "u - (" + front + ")"),
      front);
  const std::vector<std::string> tolerance{"solver.tolerance=1e-7", "network.seed=2"};
  const InterfaceCaseSolved zero(text, MPI_COMM_SELF, tolerance),
      grid(text, MPI_COMM_SELF, with(tolerance, "coarse.grid=[32, 32]"));
  REQUIRE(grid.solution.converged);
  REQUIRE(grid.solution.nonlinear_iterations < zero.solution.nonlinear_iterations);
  REQUIRE(grid.error() < 1e-6);
}

TEST_CASE("Exact enforcement holds for local problems too") {
  const auto text =
      on_the_square(equation("u_xx + u_yy + 2*pi**2*sin(pi*x)*sin(pi*y)") +
                        "[exact_enforcement]\nu = { lift = \"0\", factor = \"x*(1-x)*y*(1-y)\" }\n",
                    "sin(pi*x)*sin(pi*y)");
  const InterfaceCaseSolved c(text, MPI_COMM_SELF);
  INFO(c.solution.stop_reason);
  REQUIRE(c.solution.converged);
  REQUIRE(c.error() < 1e-4);
}

TEST_CASE("Equations that the interface coupling does not fit are refused with place and remedy") {
  const auto first = refusal(on_the_line(equation("u_x - 1") + condition("\"x.lower\"", "u"), "x"));
  REQUIRE(first.find("test.toml:6:") != std::string::npos);
  REQUIRE(first.find("'u' has no more than 1 derivative by x") != std::string::npos);
  REQUIRE(first.find("use coupling = \"windowed\"") != std::string::npos);
  const auto third = refusal(on_the_line(equation("u_xxx - 1") + condition("\"boundary\"", "u"), "x"));
  REQUIRE(third.find("no more than 3 derivatives by x") != std::string::npos);
  const auto late = refusal(in_time(equation("u_ttt - u_xx") + condition("\"boundary\"", "u"), "0"));
  REQUIRE(late.find("differentiated 3 times by t") != std::string::npos);
}

TEST_CASE("An outer iteration that grows is said to diverge") {
  // Helmholtz with a high wave number: resonances of the subdomains.
  const auto text = on_the_square(
      equation("u_xx + u_yy + 900*u") + condition("\"boundary\"", "u - sin(30*x)"), "sin(30*x)");
  const InterfaceCaseSolved c(text, MPI_COMM_SELF,
                              {"decomposition.subdomains=[4, 4]", "decomposition.interface.acceleration=none",
                               "decomposition.interface.transmission=dirichlet"});
  INFO(c.solution.stop_reason);
  REQUIRE(!c.solution.converged);
  REQUIRE(c.solution.stop_reason.find("interface iteration diverges") != std::string::npos);
  REQUIRE(c.solution.stop_reason.find("try decomposition.interface") != std::string::npos);
}

TEST_CASE("Interface coupling: noisy observations do not bend the solution") {
  const InterfaceCaseSolved without(harmonic, MPI_COMM_SELF),
      with(harmonic + observed("noise = 0.01\n"), MPI_COMM_SELF);
  REQUIRE(with.solution.converged);
  REQUIRE(with.solution.rows == without.solution.rows + 40);
  REQUIRE(with.error() < without.error() + 1e-5);
}

TEST_CASE("Interface coupling: exact observations stand in for a condition on a side") {
  const auto open = on_the_square(
      equation("u_xx + u_yy") + condition("\"x.lower\", \"x.upper\", \"y.lower\"", "u - exp(x)*cos(y)"),
      "exp(x)*cos(y)");
  const InterfaceCaseSolved solved(open + observed(""), MPI_COMM_SELF, {"network.scale=0.7"});
  INFO(solved.solution.stop_reason << " " << solved.error());
  REQUIRE(solved.solution.converged);
  REQUIRE(solved.error() < 1e-5);
}
