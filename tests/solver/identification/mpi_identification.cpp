// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// Unknowns are identified, the same on any number of ranks, and their standard errors are right.
#include "support/cases.hpp"
#include "support/catch.hpp"
#include "support/solve_case.hpp"

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

/// A case on the line from 0 to 1, of 3 subdomains.
std::string on_a_line(const std::string& statements, int features) {
  return R"toml([domain]
coordinates = ["x"]
lower = [0]
upper = [1]
)toml" + statements +
         R"toml([decomposition]
subdomains = [3]
[network]
scale = 0.7
hidden = [)toml" +
         std::to_string(features) + "]\n";
}

/// -a u'' = 1 + q x with a = 2, q = 1/2.
const std::string rod = on_a_line(R"toml([unknowns]
a = { initial = 1, lower = 0.1, upper = 10 }
q = { initial = 0 }
[[equation]]
residual = "-a*u_xx - 1 - q*x"
[[condition]]
on = ["boundary"]
residual = "u"
[[data]]
values = { u = "x*(1 - x)/4 + 0.5*(x - x**3)/12" }
points = 40
[exact]
u = "x*(1 - x)/4 + 0.5*(x - x**3)/12"
)toml",
                                  15);

const std::string one_unknown = on_a_line(R"toml([unknowns]
a = { initial = 1 }
[[equation]]
residual = "-a*u_xx - 1"
[[condition]]
on = ["boundary"]
residual = "u"
[[data]]
values = { u = "x*(1 - x)/4" }
points = 40
noise = 1e-3
)toml",
                                          15);

/// Two materials, the conductivity of one unknown; a = 3.
const std::string unknown_conductivity = on_a_line(R"toml([[domain.interface]]
name = "right"
box = { lower = [0.5], upper = [1] }
[unknowns]
a = { initial = 1.5, lower = 0.1, upper = 20 }
[definitions]
k = "where(right, a, 1)"
[[equation]]
residual = "-k*u_xx"
[[condition]]
on = ["right"]
residual = "u_plus - u_minus"
[[condition]]
on = ["right"]
residual = "k_plus*u_x_plus - k_minus*u_x_minus"
[[condition]]
on = ["boundary"]
residual = "u - x"
[[data]]
values = { u = "where(x < 0.5, 1.5*x, 0.75 + (x - 0.5)/2)" }
points = 20
)toml",
                                                   10);

/// Heat with a = 0.1, by so few features that their equation is not met well.
const std::string coarse_heat = R"toml([domain]
coordinates = ["x", "t"]
lower = [0, 0]
upper = [1, 1]
[unknowns]
a = { initial = 0.15, lower = 1e-3, upper = 10 }
[[equation]]
residual = "u_t - a*u_xx"
[[condition]]
on = ["t.lower"]
residual = "u - sin(pi*x)"
[[condition]]
on = ["x.lower", "x.upper"]
residual = "u"
[[data]]
values = { u = "exp(-0.1*pi**2*t)*sin(pi*x)" }
points = 100
noise = 1e-3
[exact]
u = "exp(-0.1*pi**2*t)*sin(pi*x)"
[decomposition]
subdomains = [2, 2]
[network]
hidden = [0]
polynomial_degree = 5
)toml";

/// A wave on a periodic line, of which nothing but observations is known.
const std::string wave = R"toml([domain]
coordinates = ["x", "t"]
lower = [0, 0]
upper = [6.283185307179586, 1]
periodic = ["x"]
[[equation]]
residual = "u_tt - u_xx"
[[data]]
values = { u = "cos(2*x - 2*t)" }
points = 100
noise = 0.02
[exact]
u = "cos(2*x - 2*t)"
[decomposition]
subdomains = [3, 1]
[network]
hidden = [0]
polynomial_degree = 5
)toml";

}  // namespace

TEST_CASE("What discretisation leaves of the equations is in the standard errors") {
  const SolvedCase coarse(coarse_heat, MPI_COMM_WORLD),
      fine(coarse_heat, MPI_COMM_WORLD, {"network.polynomial_degree=8"});
  const auto value = [](const SolvedCase& c) { return c.solution.field.unknowns()[0]; };
  const auto error = [](const SolvedCase& c) { return c.solution.standard_errors[0]; };
  REQUIRE(std::abs(value(coarse) - 0.1) > 4 * error(fine));  // noise alone does not explain it
  REQUIRE(std::abs(value(coarse) - 0.1) < 3 * error(coarse));
  REQUIRE(std::abs(value(fine) - 0.1) < 3 * error(fine));
}

TEST_CASE("Data in place of conditions are not overruled by equations that features cannot meet well") {
  const SolvedCase c(wave, MPI_COMM_WORLD);
  REQUIRE(c.solution.data_emphasis > 1);
  REQUIRE(c.error() < 0.1);
  const SolvedCase heavier(wave, MPI_COMM_WORLD, {"data.0.weight=10"});
  REQUIRE(heavier.error() < 0.1);
  const SolvedCase lighter(wave, MPI_COMM_WORLD, {"data.0.weight=1e-6"});
  REQUIRE(lighter.error() > 0.5);
}

TEST_CASE("Data that contradict the equations stay less than these") {
  const SolvedCase c(on_the_line(equation("u_xx") + condition("\"boundary\"", "u") +
                                     "[[data]]\nvalues = { u = \"1\" }\npoints = 20\nnoise = 1e-3\n",
                                 "0"),
                     MPI_COMM_WORLD);
  REQUIRE(c.solution.data_emphasis == 1);
  REQUIRE(c.error() < 1e-3);
}

TEST_CASE("An unknown conductivity beyond an interface is found") {
  const SolvedCase c(unknown_conductivity, MPI_COMM_WORLD);
  INFO(c.solution.stop_reason);
  REQUIRE(c.solution.converged);
  REQUIRE(std::abs(c.solution.field.unknowns()[0] - 3) < 1e-4);
}

TEST_CASE("Two unknowns are found from exact data, on any number of ranks") {
  const SolvedCase c(rod, MPI_COMM_WORLD);
  INFO(c.solution.stop_reason);
  REQUIRE(c.solution.converged);
  REQUIRE(std::abs(c.solution.field.unknowns()[0] - 2) < 1e-5);
  REQUIRE(std::abs(c.solution.field.unknowns()[1] - 0.5) < 1e-5);
  REQUIRE(c.error() < 1e-6);
}

TEST_CASE("Of two unknowns with the same effect one is found in place of both, and neither has an error") {
  auto text = rod;
  text.replace(text.find("-a*u_xx - 1 - q*x"), 17, "-(a + q)*u_xx - 1 - x/2");
  const SolvedCase c(text, MPI_COMM_WORLD);
  REQUIRE(c.solution.converged);
  REQUIRE(c.solution.field.unknowns()[0] + c.solution.field.unknowns()[1] == Approx(2).epsilon(1e-4));
  for (double error : c.solution.standard_errors) REQUIRE(std::isinf(error));
}

TEST_CASE("An unknown stays within its bounds") {
  const SolvedCase c(rod, MPI_COMM_WORLD, {"unknowns.a.upper=1.5"});
  REQUIRE(c.solution.field.unknowns()[0] == 1.5);
}

TEST_CASE("The standard error is that of the regression that the exact solution makes") {
  // u = f / a with f = x (1 - x) / 2, so that a has the standard error s a^2 / |f| over the points.
  constexpr double s = 1e-3;
  const SolvedCase c(one_unknown, MPI_COMM_WORLD);
  double squares = 0;
  for (const auto& x : c.file.problem.data[0].points) squares += std::pow(x[0] * (1 - x[0]) / 2, 2);
  const double expected = s * std::pow(c.solution.field.unknowns()[0], 2) / std::sqrt(squares);
  INFO(c.solution.stop_reason);
  REQUIRE(c.solution.converged);
  REQUIRE(c.solution.standard_errors[0] == Approx(expected).epsilon(1e-2));
  REQUIRE(std::abs(c.solution.field.unknowns()[0] - 2) < 4 * expected);
  const SolvedCase alone(one_unknown, MPI_COMM_SELF);
  REQUIRE(std::abs(c.solution.field.unknowns()[0] - alone.solution.field.unknowns()[0]) < 0.01 * expected);
}
