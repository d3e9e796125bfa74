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
