// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// Problems whose solutions are known. The bounds are generous: they tell right from wrong, not good from
// better.
#include "support/cases.hpp"
#include "support/catch.hpp"
#include "support/solve_case.hpp"

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

void require_error_below(double bound, const std::string& text,
                         const std::vector<std::string>& overrides = {}) {
  const SolvedCase c(text, MPI_COMM_SELF, overrides);
  for (std::size_t f = 0; f < c.space.model().fields.size(); ++f) {
    const double error = c.error(static_cast<int>(f));
    INFO("field " << f << ": error " << error << ", " << c.solution.stop_reason);
    REQUIRE(error < bound);
    REQUIRE(c.solution.converged);
  }
}

}  // namespace

TEST_CASE("Poisson's equation on a line, with Dirichlet conditions") {
  require_error_below(
      1e-6,
      on_the_line(equation("u_xx + 4*pi**2*sin(2*pi*x)") + condition("\"boundary\"", "u"), "sin(2*pi*x)"));
}

TEST_CASE("Poisson's equation on a line, with a Neumann condition by the normal") {
  require_error_below(1e-6, on_the_line(equation("u_xx - exp(x)") + condition("\"x.lower\"", "n_x*u_x + 1") +
                                            condition("\"x.upper\"", "u - exp(1)"),
                                        "exp(x)"));
}

TEST_CASE("A condition at a point") {
  require_error_below(1e-6, on_the_line(equation("u_x - cos(x)") +
                                            "[[condition]]\npoints = [[0.5]]\nresidual = \"u - sin(0.5)\"\n",
                                        "sin(x)"));
}

TEST_CASE("Conditions that hold exactly") {
  const auto text = on_the_line(equation("u_xx + 4*pi**2*sin(2*pi*x)"), "sin(2*pi*x) + 1 + x") +
                    "[exact_enforcement]\nu = { lift = \"1 + x\", factor = \"x*(1 - x)\" }\n";
  require_error_below(1e-6, text);
  const SolvedCase c(text, MPI_COMM_SELF);
  const auto ends = c.field(0, {{0}, {1}});
  REQUIRE(ends[0] == 1);
  REQUIRE(ends[1] == 2);
}

TEST_CASE("A bent beam, of fourth order") {
  require_error_below(1e-5,
                      on_the_line(equation("u_xxxx - pi**4*sin(pi*x)") + condition("\"boundary\"", "u") +
                                      condition("\"boundary\"", "u_xx"),
                                  "sin(pi*x)"));
}

TEST_CASE("A periodic problem") {
  for (const auto* cells : {"[1]", "[2]", "[5]"}) {
    auto text = on_the_line(equation("-u_xx + u - (1 + 4*pi**2)*sin(2*pi*x)"), "sin(2*pi*x)");
    text.insert(text.find("[[equation]]"), "periodic = [\"x\"]\n");
    require_error_below(
        1e-4, text,
        {std::string("decomposition.subdomains=") + cells, "network.hidden=[24]", "points.interior=42"});
  }
}

TEST_CASE("Poisson's equation on a square, with Dirichlet, Neumann and Robin conditions") {
  require_error_below(
      1e-4, on_the_square(equation("u_xx + u_yy - exp(x)*cos(2*y)*(1 - 4)") +
                              condition("\"x.lower\"", "u - cos(2*y)") +
                              condition("\"x.upper\", \"y.lower\"",
                                        "n_x*(u_x - exp(x)*cos(2*y)) + n_y*(u_y + 2*exp(x)*sin(2*y))") +
                              condition("\"y.upper\"", "n_y*u_y + u - exp(x)*(cos(2*y) - 2*sin(2*y))"),
                          "exp(x)*cos(2*y)"));
}

TEST_CASE("A Robin condition on the surface of a shape") {
  const std::string hole =
      "[[domain.remove]]\nname = \"hole\"\nball = { center = [0.45, 0.55], radius = 0.2 }\n";
  const std::string flux = "n_x*(u_x - exp(x)*cos(y)) + n_y*(u_y + exp(x)*sin(y)) + u - exp(x)*cos(y)";
  require_error_below(1e-4, on_the_square(equation("u_xx + u_yy") + condition("\"hole\"", flux) +
                                              condition("\"boundary\"", "u - exp(x)*cos(y)"),
                                          "exp(x)*cos(y)", hole));
}

TEST_CASE("Two materials with different equations") {
  auto text = on_the_line(equation("u_xx - 2") + "where = \"x < 0.5\"\n" + equation("u_xx + 4") +
                              "where = \"x >= 0.5\"\n" + condition("\"x.lower\"", "u") +
                              condition("\"x.upper\"", "u - 0.25"),
                          "where(x < 0.5, x**2, 0.25 + (x - 0.5) - 2*(x - 0.5)**2)");
  // The second derivative jumps where two cores meet, so that only the windows must follow it.
  require_error_below(2e-2, text, {"network.hidden=[30]"});
}

TEST_CASE("A system of two fields of first order") {
  const auto text = "fields = [\"u\", \"v\"]\n" +
                    on_the_line(equation("u_x - v") + equation("v_x + 9*u") + condition("\"x.lower\"", "u") +
                                    condition("\"x.lower\"", "v - 3"),
                                "sin(3*x)\"\nv = \"3*cos(3*x)");
  require_error_below(1e-6, text);
}

TEST_CASE("A cubic nonlinearity by Gauss-Newton") {
  const auto text = on_the_line(
      equation("u_xx + u**3 + pi**2*sin(pi*x) - sin(pi*x)**3") + condition("\"boundary\"", "u"), "sin(pi*x)");
  const SolvedCase c(text, MPI_COMM_SELF);
  REQUIRE(!c.space.model().affine);
  REQUIRE(c.solution.converged);
  REQUIRE(c.solution.nonlinear_iterations > 1);
  REQUIRE(c.solution.nonlinear_iterations < 15);
  REQUIRE(c.error() < 1e-5);
}

TEST_CASE("Bratu's problem by Gauss-Newton") { require_error_below(1e-5, bratu); }

TEST_CASE("A graded decomposition of a boundary layer") {
  // The standard exponential layer of width 1/50.
  auto text = on_the_line(
      equation("u_xx - 50*u_x") + condition("\"x.lower\"", "u") + condition("\"x.upper\"", "u - 1"),
      "(exp(50*(x - 1)) - exp(-50))/(1 - exp(-50))");
  require_error_below(1e-3, text, {"decomposition.breakpoints.x=[0, 0.5, 0.8, 0.9, 0.95, 0.98, 1]"});
}

TEST_CASE("Other windows, activations, depths and sampling solve too") {
  const auto text =
      on_the_line(equation("u_xx + 4*pi**2*sin(2*pi*x)") + condition("\"boundary\"", "u"), "sin(2*pi*x)");
  for (const auto* choice :
       {"decomposition.window=\"cosine\"", "decomposition.overlap=0.5", "network.activation=\"sin\"",
        "network.activation=\"gelu\"", "network.activation=\"silu\"", "network.hidden=[16, 16]",
        "points.sampling=\"uniform\"", "points.sampling=\"sobol\"", "solver.krylov.type=\"lsqr\"",
        "solver.krylov.preconditioner=\"one-level\""}) {
    INFO(choice);
    require_error_below(1e-4, text, {choice});
  }
}

TEST_CASE("Coarser levels, whose networks depend on those of the finest, solve too") {
  require_error_below(
      1e-3,
      on_the_line(equation("u_xx + 4*pi**2*sin(2*pi*x)") + condition("\"boundary\"", "u"), "sin(2*pi*x)"),
      {"decomposition.levels=[[2], [1]]"});
}
