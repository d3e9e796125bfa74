// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// Nonlinear cases that do not converge from zero are solved by another start, and the same way again by the
// case that comes out.
#include "run/continuation.hpp"
#include "run/starts.hpp"
#include "support/catch.hpp"
#include "support/solved.hpp"

#include <algorithm>
#include <cmath>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

/// An epidemic: at all times at once it never breaks out.
const std::string epidemic = R"toml(fields = ["S", "I"]
[domain]
coordinates = ["t"]
lower = [0]
upper = [60]
[[equation]]
residual = "S_t + 0.8*S*I"
[[equation]]
residual = "I_t - 0.8*S*I + 0.25*I"
[[condition]]
on = ["t.lower"]
residual = "S - 0.995"
[[condition]]
on = ["t.lower"]
residual = "I - 0.005"
[network]
hidden = [0]
polynomial_degree = 14
[points]
interior = 20
)toml";

/// Shares in an epidemic add up to one minus those who have recovered: S + I - 0.25/0.8 log(S) is conserved.
double invariant(double s, double i) { return s + i - 0.25 / 0.8 * std::log(s); }

/// Zero is a solution, and so are a hill and a valley.
const std::string hill = R"toml([domain]
coordinates = ["x"]
lower = [0]
upper = [1]
[[equation]]
residual = "0.01*u_xx + u - u**3"
[[condition]]
on = ["boundary"]
residual = "u"
[network]
hidden = [0]
polynomial_degree = 8
)toml";

/// nu u_xx = u u_x with a layer in the middle: u = -a tanh(a x / (2 nu)).
const std::string layer = R"toml([domain]
coordinates = ["x"]
lower = [-1]
upper = [1]
[parameters]
nu = 0.2
[definitions]
solution = "-tanh(x/(2*nu))"
[[equation]]
residual = "nu*u_xx - u*u_x"
[[condition]]
on = ["boundary"]
residual = "u - solution"
[exact]
u = "solution"
[decomposition]
subdomains = [10]
[network]
hidden = [0]
polynomial_degree = 10
)toml";

}  // namespace

TEST_CASE("A solve that ends in a local minimum is made again in a way that converges") {
  const auto found = solved(epidemic);
  REQUIRE(found.result.finished);
  for (double t : {10.0, 30.0, 60.0})
    REQUIRE(invariant(at(found, {t}, "S"), at(found, {t}, "I")) ==
            Approx(invariant(0.995, 0.005)).epsilon(1e-4));
  REQUIRE(at(found, {60}, "S") < 0.1);
  const auto& options = found.fields.solved_case().options;
  REQUIRE((!options.coarse.empty() || options.time.slabs > 1 || options.solver.start > 0));
  const auto again =
      solve(parse_case(resolved_case(found.fields.solved_case()), "resolved.toml"), MPI_COMM_WORLD);
  REQUIRE(again.result.finished);
  REQUIRE(at(again, {60}, "S") == Approx(at(found, {60}, "S")).epsilon(1e-6));
}

TEST_CASE(
    "A stationary point that is no solution has not converged, and nothing that the case gives is changed") {
  const auto found = solved(epidemic, {"time.slabs=1", "solver.start=0", "coarse.grid=[3]"});
  const auto& options = found.fields.solved_case().options;
  REQUIRE(options.time.slabs == 1);
  REQUIRE(options.solver.start == 0);
  REQUIRE_FALSE(found.result.finished);
}

TEST_CASE("Several starts tell the solutions that differ") {
  const auto found = solved(hill, {"solver.starts=3"});
  REQUIRE(found.result.finished);
  const auto warning = std::ranges::find_if(
      found.warnings, [](const std::string& text) { return text.find("of 3 starts") != std::string::npos; });
  REQUIRE(warning != found.warnings.end());
  REQUIRE(warning->find("3 have ended in different solutions") != std::string::npos);
  const auto up = solved(hill, {"solver.start=2"}), down = solved(hill, {"solver.start=3"});
  REQUIRE(at(up, {0.5}, "u") > 0.5);
  REQUIRE(at(down, {0.5}, "u") == Approx(-at(up, {0.5}, "u")).epsilon(1e-6));
}

TEST_CASE("Starts that agree are not told") {
  const auto found = solved(layer, {"parameters.nu=0.5", "solver.starts=2"});
  REQUIRE(found.result.finished);
  REQUIRE(std::ranges::none_of(found.warnings, [](const std::string& text) {
    return text.find("different solutions") != std::string::npos;
  }));
}

TEST_CASE("A parameter goes from easy to its own value, each solve from the last") {
  auto found = solved(layer, {"solver.continuation={nu=[1, 0.5]}"});
  REQUIRE(found.result.finished);
  REQUIRE(error(found) < 1e-5);
  REQUIRE(found.fields.solved_case().options.solver.continuation.at("nu") ==
          std::vector<double>{1, 0.5, 0.2});
}

TEST_CASE("The parameter in front of the highest derivatives is found, as a factor and as a divisor") {
  const auto values = [](const std::string& equation, const std::string& parameters) {
    const auto file = parse_case("[domain]\ncoordinates = [\"x\"]\nlower = [0]\nupper = [1]\n[parameters]\n" +
                                     parameters + "[[equation]]\nresidual = \"" + equation +
                                     "\"\n[[condition]]\non = [\"boundary\"]\nresidual = \"u\"\n",
                                 "test.toml");
    return continuation_in_small_factors(file.problem);
  };
  const auto factor = values("u*u_x - nu*u_xx - c", "c = 3\nnu = 0.01\n");
  REQUIRE(factor.size() == 1);
  REQUIRE(factor.at("nu").front() == Approx(1));
  REQUIRE(factor.at("nu").back() == Approx(0.01));
  const auto divisor = values("u*u_x - u_xx/Re", "Re = 500\n");
  REQUIRE(divisor.at("Re").front() == Approx(5));
  REQUIRE(values("u*u_x - (nu + 1)*u_xx", "nu = 0.01\n").empty());
  REQUIRE(values("u*u_x - u_xx - c", "c = 3\n").empty());
}

TEST_CASE("Initial values of unknowns stay within their bounds, and differ") {
  const Unknown bounded{"k", 30, 1, 500}, free{"c", 2};
  for (int n = 0; n < 10; ++n) {
    REQUIRE(initial_value(bounded, 0, n) >= 1);
    REQUIRE(initial_value(bounded, 0, n) <= 500);
    REQUIRE((n == 0) == (initial_value(bounded, 0, n) == 30));
    REQUIRE((n == 0) == (initial_value(free, 0, n) == 2));
  }
}

TEST_CASE("Steps that take next to nothing off the sum of squares end, unless the case says how many") {
  // The distance from the walls has kinks all along the diagonals.
  const std::string walls = R"toml([domain]
coordinates = ["x", "y"]
lower = [0, 0]
upper = [1, 1]
[[equation]]
residual = "u_x**2 + u_y**2 - 1"
[[condition]]
on = ["boundary"]
residual = "u"
[decomposition]
subdomains = [3, 3]
[network]
hidden = [60]
scale = 1
[solver]
start = 1
)toml";
  const auto open = solved(walls).result;
  INFO(open.stop_reason << ", " << open.nonlinear_iterations);
  REQUIRE_FALSE(open.converged);
  REQUIRE(open.stop_reason.find("next to nothing off the sum of squares") != std::string::npos);
  REQUIRE(open.nonlinear_iterations < 60);
  const auto given = solved(walls, {"solver.max_iterations=35"}).result;
  REQUIRE(given.nonlinear_iterations == 35);
}
