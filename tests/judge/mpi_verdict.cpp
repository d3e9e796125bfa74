// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "judge/verdict.hpp"

#include "problem/case/case_file.hpp"
#include "support/cases.hpp"
#include "support/catch.hpp"

#include <ddpinn/solve.hpp>

#include <fmt/format.h>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

Result result_of(const std::string& text, const std::vector<std::string>& overrides = {}) {
  return solve(parse_case(text, "test.toml", overrides), MPI_COMM_WORLD).result;
}

/// A run that its iterations call finished, and that is not resolved for this reason.
void require_unresolved(const Result& result, const std::string& because) {
  INFO(result.unresolved_because);
  REQUIRE(result.finished);
  REQUIRE_FALSE(result.resolved);
  REQUIRE_FALSE(result.converged);
  REQUIRE(contains(result.unresolved_because, because));
}

const std::string polynomials = R"([decomposition]
subdomains = [4, 2]
[network]
hidden = [0]
polynomial_degree = 4
)";

/// A front that is carried across the domain.
std::string transport(const std::string& profile) {
  return fmt::format(R"([domain]
coordinates = ["x", "t"]
lower = [0, 0]
upper = [2, 1]
[definitions]
known = "{}"
[[equation]]
residual = "u_t + u_x"
[[condition]]
on = ["x.lower", "t.lower"]
residual = "u - known"
[exact]
u = "known"
)",
                     profile) +
         polynomials;
}

}  // namespace

TEST_CASE("A solution that its networks do not represent is not resolved, and is told where") {
  const auto result = result_of(transport("tanh(40*(x - t - 0.6))"));
  require_unresolved(result, "the estimated error of u is");
  REQUIRE(contains(result.unresolved_because, "x in ["));
  const auto smooth = result_of(transport("tanh(x - t - 0.6)"));
  INFO(smooth.unresolved_because);
  REQUIRE(smooth.converged);
}

TEST_CASE("An offset does not hide an error") {
  const auto plain = result_of(transport("tanh(4*(x - t - 0.6))")),
             lifted = result_of(transport("300 + tanh(4*(x - t - 0.6))"));
  REQUIRE(lifted.estimates[0].l2_relative < 0.01 * plain.estimates[0].l2_relative);
  REQUIRE(lifted.estimates[0].of_variation > 0.05 * plain.estimates[0].l2_relative * 0.1);
}

TEST_CASE("A minimum of the sum of squares that is no solution is not resolved") {
  require_unresolved(
      result_of(on_the_line(
          equation("u_xx") + condition("\"boundary\"", "u") + condition("\"x.lower\"", "u - 1"), "0")),
      "is not met");
}

TEST_CASE("A problem with many solutions is not resolved, whether or not its iteration ends") {
  const auto result = result_of(on_the_line(equation("u_xx - 1") + condition("\"x.lower\"", "u"), "0"));
  REQUIRE_FALSE(result.resolved);
  REQUIRE_FALSE(result.converged);
  REQUIRE(contains(result.unresolved_because, "x.upper has too few conditions"));
}

TEST_CASE("A solution that is exact to rounding has converged, whatever the iteration says") {
  const auto result =
      result_of(on_the_square(equation("(u_xx + u_yy)*(2 + u)") + condition("\"boundary\"", "u - x"), "x"),
                {"solver.max_iterations=1"});
  INFO(result.stop_reason << "; " << result.estimates[0].l2_relative);
  REQUIRE_FALSE(result.finished);
  REQUIRE(result.converged);
}

TEST_CASE("A field that is zero is not judged by its own rounding") {
  const auto result = result_of(R"toml(fields = ["u", "v", "p"]
[domain]
coordinates = ["x", "y"]
lower = [0, 0]
upper = [0.04, 0.01]
[parameters]
rho = 1060.0
mu = 3.5e-3
[[equation]]
residual = "rho*(u*u_x + v*u_y) + p_x - mu*(u_xx + u_yy)"
[[equation]]
residual = "rho*(u*v_x + v*v_y) + p_y - mu*(v_xx + v_yy)"
[[equation]]
residual = "u_x + v_y"
[[condition]]
on = ["x.lower"]
residual = "u - 800*y*(0.01 - y)"
[[condition]]
on = ["y.lower", "y.upper"]
residual = "u"
[[condition]]
on = ["boundary"]
residual = "v"
[[condition]]
on = ["x.upper"]
residual = "p"
)toml" + polynomials);
  INFO(result.unresolved_because);
  REQUIRE(result.converged);
  for (const auto& estimate : result.estimates) REQUIRE(estimate.l2_relative < 1e-7);
}

TEST_CASE("A source that jumps is told, and an interface there, as advised, resolves it") {
  const auto step = [](const std::string& domain, const std::string& rest) {
    return R"toml([domain]
coordinates = ["x"]
lower = [0]
upper = [1]
)toml" + domain +
           rest + R"toml([[condition]]
on = ["boundary"]
residual = "u"
[exact]
u = "where(x < 0.3, -0.245*x, -0.245*x + (x - 0.3)**2/2)"
[decomposition]
subdomains = [1]
[network]
hidden = [0]
polynomial_degree = 8
)toml";
  };
  require_unresolved(result_of(step("", equation("u_xx - where(x < 0.3, 0, 1)"))), "is not smooth there");
  const auto mended =
      result_of(step(R"toml([[domain.interface]]
name = "step"
box = { lower = [0.3], upper = [1.1] }
)toml",
                     equation("u_xx - where(step, 1, 0)") + condition("\"step\"", "u_plus - u_minus") +
                         condition("\"step\"", "u_x_plus - u_x_minus")));
  INFO(mended.unresolved_because);
  REQUIRE(mended.converged);
}

TEST_CASE("Data that leave the unknowns uncertain are told, and more data, as advised, resolve it") {
  const auto decay = [](int points) {
    return fmt::format(R"toml([domain]
coordinates = ["t"]
lower = [0]
upper = [3]
[unknowns]
k = {{ initial = 1, lower = 0.1, upper = 10 }}
[[equation]]
residual = "u_t + k*u"
[[condition]]
on = ["t.lower"]
residual = "u - 1"
[[data]]
values = {{ u = "exp(-0.5*t)" }}
points = {}
noise = 0.2
[decomposition]
subdomains = [2]
[network]
hidden = [0]
polynomial_degree = 8
[points]
interior = 16
)toml",
                       points);
  };
  require_unresolved(result_of(decay(10)), "what the data leave uncertain of the unknowns");
  const auto mended = result_of(decay(1000));
  INFO(mended.unresolved_because);
  REQUIRE(mended.converged);
}

TEST_CASE("Where conditions change along the boundary an energy is advised, and resolves what rows do not") {
  const auto plate = [](const std::string& decomposition, const std::string& rest) {
    return R"toml([domain]
coordinates = ["x", "y"]
lower = [-1, 0]
upper = [1, 1]
[definitions]
known = "sqrt(maximum(sqrt(x**2 + y**2) - x, 1e-30)/2)"
[exact]
u = "known"
[[condition]]
on = ["x.lower", "x.upper", "y.upper"]
residual = "u - known"
[[condition]]
on = ["y.lower"]
where = "x > 0"
residual = "u"
[network]
hidden = [0]
polynomial_degree = 5
[decomposition]
)toml" + decomposition +
           rest;
  };
  const std::string graded =
      "breakpoints = { x = [-1, -0.3, -0.1, -0.03, 0, 0.03, 0.1, 0.3, 1], y = [0, 0.03, 0.1, 0.3, 1] }\n";
  require_unresolved(
      result_of(plate("subdomains = [4, 2]\n",
                      equation("u_xx + u_yy") +
                          "[[condition]]\non = [\"y.lower\"]\nwhere = \"x < 0\"\nresidual = \"u_y\"\n")),
      "state the problem by its [[energy]]");
  auto mended =
      solve(parse_case(plate(graded, "[[energy]]\ndensity = \"(u_x**2 + u_y**2)/2\"\n"), "test.toml"),
            MPI_COMM_WORLD);
  judge(mended);
  INFO(mended.result.unresolved_because << mended.result.errors[0].l2_relative);
  REQUIRE(mended.result.converged);
  REQUIRE(mended.result.errors[0].l2_relative < 5e-3);
}
