// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// Domains that shapes cut, at the default number of points: boxes that reach into them by thin strips must
// not spoil the solution.
#include "support/cases.hpp"
#include "support/catch.hpp"
#include "support/solve_case.hpp"

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

double error_on(const std::string& shape) {
  const SolvedCase c(R"toml([domain]
coordinates = ["x", "y"]
lower = [0, 0]
upper = [1, 1]
)toml" + shape + equation("u_xx + u_yy + 41*sin(5*x + 1)*cos(4*y) - x*exp(y)") +
                         condition("\"boundary\"", "u - sin(5*x + 1)*cos(4*y) - x*exp(y)") + R"toml([exact]
u = "sin(5*x + 1)*cos(4*y) + x*exp(y)"
[decomposition]
subdomains = [6, 6]
[network]
hidden = [60]
scale = 0.7
)toml",
                     MPI_COMM_SELF);
  REQUIRE(c.solution.converged);
  return c.error();
}

}  // namespace

TEST_CASE("Poisson's equation on an L-shape is solved as on a square") {
  REQUIRE(error_on("[[domain.remove]]\nbox = { lower = [0.5, 0.5], upper = [1, 1] }\n") < 1e-7);
}

TEST_CASE("Poisson's equation on a disc is solved as on a square") {
  REQUIRE(error_on("[[domain.keep]]\nball = { center = [0.5, 0.5], radius = 0.47 }\n") < 1e-7);
}

// Rods have parabolas as solutions, which are in the coarse space: one iteration reaches the default
// tolerance, and what is left of the error is what the tolerance allows. A smaller one shows that of the
// networks.
TEST_CASE("Heat conduction through two rods, whose joint is inside a subdomain") {
  // k u' = -1 on both sides of x = 0.3, where k = 1 and k = 4
  const SolvedCase c(R"toml([domain]
coordinates = ["x"]
lower = [0]
upper = [1]
[[domain.interface]]
name = "copper"
box = { lower = [0.3], upper = [1] }
[definitions]
k = "where(copper, 4, 1)"
)toml" + equation("k*u_xx - 1") +
                         condition("\"copper\"", "u_plus - u_minus") +
                         condition("\"copper\"", "k_plus*u_x_plus - k_minus*u_x_minus") +
                         condition("\"x.lower\"", "u") + condition("\"x.upper\"", "4*u_x - 2") +
                         R"toml([exact]
u = "where(copper, x**2/8 + x/4 + 0.3**2*3/8 + 0.3*3/4, x**2/2 + x)"
[decomposition]
subdomains = [4]
[points]
interior = 20
[network]
hidden = [10]
scale = 1
[solver]
tolerance = 1e-12
)toml",
                     MPI_COMM_SELF);
  REQUIRE(c.space.decomposition().live() == 5);
  REQUIRE(c.solution.converged);
  REQUIRE(c.error() < 1e-9);
}

TEST_CASE("Three rods, whose shapes meet end to end: their joint is the surface of both") {
  const SolvedCase c(R"toml([domain]
coordinates = ["x"]
lower = [0]
upper = [1]
[[domain.interface]]
name = "copper"
box = { lower = [0.3], upper = [0.6] }
[[domain.interface]]
name = "iron"
box = { lower = [0.6], upper = [1] }
[definitions]
k = "where(copper, 4, where(iron, 2, 1))"
f = "x**2/2 + x"
)toml" + equation("k*u_xx - 1") +
                         condition("\"copper\", \"iron\"", "u_plus - u_minus") +
                         condition("\"copper\", \"iron\"", "k_plus*u_x_plus - k_minus*u_x_minus") +
                         condition("\"x.lower\"", "u") + condition("\"x.upper\"", "2*u_x - 2") +
                         R"toml([exact]
u = "where(iron, 0.345 + 0.435/4 + (f - 0.78)/2, where(copper, 0.345 + (f - 0.345)/4, f))"
[decomposition]
subdomains = [4]
[points]
interior = 20
[network]
hidden = [10]
scale = 1
[solver]
tolerance = 1e-12
)toml",
                     MPI_COMM_SELF);
  REQUIRE(c.solution.converged);
  REQUIRE(c.error() < 1e-9);
}
