// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "support/cases.hpp"
#include "support/catch.hpp"
#include "support/solve_case.hpp"

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

double error_of(const std::string& text, const std::vector<std::string>& overrides) {
  return SolvedCase(text, MPI_COMM_SELF, overrides).error();
}

}  // namespace

TEST_CASE("The error falls as networks get more features") {
  const auto text =
      on_the_line(equation("u_xx + 36*pi**2*sin(6*pi*x)") + condition("\"boundary\"", "u"), "sin(6*pi*x)");
  double before = 1;
  for (const auto* features : {"4", "8", "16", "32"}) {
    const double error =
        error_of(text, {std::string("network.hidden=[") + features + "]", "points.interior=40"});
    INFO(features << " features: " << error << " after " << before);
    // Spectral, down to the compression of 1e-11 times the condition of the problem.
    REQUIRE(error < std::max(0.5 * before, 1e-7));
    before = error;
  }
  REQUIRE(before < 1e-5);
}

TEST_CASE("The error falls as there are more subdomains of the same features") {
  const auto text =
      on_the_line(equation("u_xx + 400*pi**2*sin(20*pi*x)") + condition("\"boundary\"", "u"), "sin(20*pi*x)");
  double before = 10;
  for (const auto* subdomains : {"5", "10", "20", "40"}) {
    const double error = error_of(text, {std::string("decomposition.subdomains=[") + subdomains + "]"});
    INFO(subdomains << " subdomains: " << error << " after " << before);
    // The polynomials of second degree alone give second order or better; twice as many subdomains, a
    // quarter.
    REQUIRE(error < std::max(0.5 * before, 1e-7));
    before = error;
  }
  REQUIRE(before < 1e-4);
}

TEST_CASE("More features on a square give a smaller error") {
  const auto text =
      on_the_square(equation("u_xx + u_yy + 2*pi**2*sin(pi*x)*sin(pi*y)") + condition("\"boundary\"", "u"),
                    "sin(pi*x)*sin(pi*y)");
  const double few = error_of(text, {"network.hidden=[10]"}), many = error_of(text, {"network.hidden=[60]"});
  REQUIRE(many < 0.1 * few);
}
