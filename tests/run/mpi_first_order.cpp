// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// Conservation laws as first-order systems, whose fluxes are fields that the program introduces.
#include "support/catch.hpp"
#include "support/solved.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <cmath>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

/// u = cosh(pi x) cos(pi y) / cosh(pi) with k = 1 + x/2: the walls y = 0 and y = 1 are closed, and nothing is
/// written of them.
std::string varying(int subdomains, int degree) {
  return unit_square + R"toml([definitions]
k = "1 + x/2"
ue = "cosh(pi*x)*cos(pi*y)/cosh(pi)"
slope = "pi*sinh(pi*x)*cos(pi*y)/cosh(pi)"
[[conservation]]
name = "heat"
flux = { x = "-k*u_x", y = "-k*u_y" }
source = "-slope/2"
solve = true
form = "first-order"
[[condition]]
on = ["x.lower"]
residual = "u - ue"
[[condition]]
on = ["x.upper"]
flux = "-k*slope + 2*(u - ue)"
[exact]
u = "ue"
)toml" + numerics(fmt::format("[{0}, {0}]", subdomains), degree);
}

/// What flows through a disc of this conductivity in a square of 1, from one side to the other.
std::string disc(double conductivity) {
  return unit_square +
         fmt::format("[definitions]\nk = \"where((x-0.5)**2 + (y-0.5)**2 < 0.09, {}, 1)\"\n", conductivity) +
         R"toml([[conservation]]
flux = { x = "-k*u_x", y = "-k*u_y" }
solve = true
form = "first-order"
[[condition]]
on = ["x.lower"]
residual = "u"
[[condition]]
on = ["x.upper"]
residual = "u - 1"
)toml" + numerics("[4, 4]", 5);
}

/// A body of 10 : 1, clamped at one end, under a load at the other. Both laws have the shear stress.
const std::string cantilever = R"toml(fields = ["u", "v"]
[domain]
coordinates = ["x", "y"]
lower = [0, 0]
upper = [10, 1]
[definitions]
sx = "(u_x + 0.3*v_y)/0.91"
sy = "(v_y + 0.3*u_x)/0.91"
t = "(u_y + v_x)/2.6"
[[conservation]]
name = "along"
flux = { x = "sx", y = "t" }
solve = true
form = "first-order"
[[conservation]]
name = "across"
flux = { x = " t ", y = "sy" }
solve = true
form = "first-order"
[[condition]]
on = ["x.lower"]
residual = "u"
[[condition]]
on = ["x.lower"]
residual = "v"
[[condition]]
on = ["x.upper"]
flux = "-1e-5"
conservation = "across"
)toml" + numerics("[10, 1]", 6);

}  // namespace

TEST_CASE("Iterations of a first-order system hardly grow with the contrast") {
  const auto iterations = [](double conductivity) {
    const auto found = solved(disc(conductivity));
    REQUIRE(found.result.finished);
    return found.result.iterations;
  };
  const int at_ten = iterations(10), at_ten_thousand = iterations(1e4);
  INFO(at_ten << " and " << at_ten_thousand);
  CHECK(at_ten_thousand < 4 * at_ten);
}

TEST_CASE("A slender body solved as a first-order system nearly bends as it should") {
  CHECK(at(solved(cantilever), {10, 0.5}, "v") == Approx(-0.0402).epsilon(0.08));
}

TEST_CASE("Stresses that two laws share are one field") {
  const auto problem = parse_case(cantilever, "test.toml", {}).problem;
  CHECK(problem.fields ==
        std::vector<std::string>{"u", "v", "along_flux_x", "along_flux_y", "across_flux_y"});
  std::vector<std::string> equations;
  for (const auto& equation : problem.equations) equations.push_back(equation.name);
  CHECK(equations == std::vector<std::string>{"along_flux_x", "along_flux_y", "along_balance",
                                              "across_flux_y", "across_balance"});
  const auto first = parse_case(cantilever, "test.toml", {});
  CHECK(resolved_case(parse_case(resolved_case(first), "resolved.toml", {})) == resolved_case(first));
}

TEST_CASE("An equation in divergence form is the law of its fluxes") {
  auto found = solved(unit_square + R"toml([definitions]
k = "1 + x/2"
ue = "cosh(pi*x)*cos(pi*y)/cosh(pi)"
slope = "pi*sinh(pi*x)*cos(pi*y)/cosh(pi)"
[[equation]]
name = "heat"
residual = "d(k*u_x, x) + d(k*u_y, y) - slope/2"
form = "first-order"
[[condition]]
on = ["x.lower"]
residual = "u - ue"
[[condition]]
on = ["x.upper"]
flux = "k*slope - 2*(u - ue)"
[exact]
u = "ue"
)toml" + numerics("[3, 3]", 9));
  REQUIRE(found.result.converged);
  CHECK(error(found) < 1e-8);
  CHECK(at(found, {0.3, 0.4}, "flux_y - (1 + x/2)*u_y") == Approx(0).margin(1e-7));
}

TEST_CASE("A first-order system has the order of its polynomials") {
  const auto error_of = [](int subdomains, int degree) {
    auto found = solved(varying(subdomains, degree));
    REQUIRE(found.result.finished);
    return error(found);
  };
  const double coarse = error_of(4, 4), fine = error_of(8, 4);
  CHECK(fine < 5e-6);
  CHECK(std::log2(coarse / fine) > 4.5);
  CHECK(error_of(3, 9) < 1e-8);
}

TEST_CASE("Two materials as a first-order system have the right flux, whatever the contrast") {
  for (const double contrast : {10.0, 1e4}) {
    const auto found =
        solved(unit_line + fmt::format("[definitions]\nk = \"where(x < 0.437, 1, {})\"\n", contrast) +
               R"toml([[conservation]]
flux = { x = "-k*u_x" }
solve = true
form = "first-order"
[[condition]]
on = ["x.lower"]
residual = "u"
[[condition]]
on = ["x.upper"]
residual = "u - 1"
)toml" + numerics("[4]", 4));
    REQUIRE(found.result.converged);
    const double flux = 1 / (0.437 + 0.563 / contrast);
    CHECK(at(found, {0.2}, "u_x") == Approx(flux).epsilon(1e-6));
    CHECK(at(found, {0.8}, "flux_x") == Approx(-flux).epsilon(1e-6));
  }
}

TEST_CASE("What is written out of a first-order system says all that the case did") {
  const auto first = parse_case(varying(2, 4), "test.toml", {});
  REQUIRE(first.problem.fields == std::vector<std::string>{"u", "flux_x", "flux_y"});
  REQUIRE(first.problem.equations.size() == 3);
  // the value, the flux, and what is closed
  REQUIRE(first.problem.conditions.size() == 3);
  REQUIRE(first.problem.natural.empty());
  CHECK(first.problem.conditions.back().on == std::vector<std::string>{"y.lower", "y.upper"});
  const auto again = parse_case(resolved_case(first), "resolved.toml", {});
  CHECK(resolved_case(again) == resolved_case(first));
}

TEST_CASE("Transport alone is a first-order system like any other") {
  auto found = solved(unit_square + R"toml([[conservation]]
flux = { x = "u", y = "u/2" }
solve = true
form = "first-order"
[[condition]]
on = ["x.lower", "y.lower"]
residual = "u - sin(y - x/2)"
[[condition]]
on = ["x.upper"]
flux = "u"
[[condition]]
on = ["y.upper"]
flux = "u/2"
[exact]
u = "sin(y - x/2)"
)toml" + numerics("[3, 3]", 6));
  REQUIRE(found.result.converged);
  CHECK(error(found) < 1e-8);
}

TEST_CASE("Each law closes what no condition of its own field opens") {
  const auto problem = parse_case(R"toml(fields = ["u", "v"]
[domain]
coordinates = ["x", "y"]
lower = [0, 0]
upper = [1, 1]
[[domain.remove]]
name = "hole"
ball = { center = [0.5, 0.5], radius = 0.1 }
[[conservation]]
name = "first"
flux = { x = "-u_x - v_y", y = "-u_y" }
solve = true
form = "first-order"
[[conservation]]
name = "second"
flux = { x = "-v_x", y = "-v_y" }
solve = true
form = "first-order"
[[condition]]
on = ["boundary"]
residual = "u"
[[condition]]
on = ["x.lower"]
where = "y < 0.5"
residual = "v"
[[condition]]
on = ["x.upper"]
flux = "1"
conservation = "second"
)toml" + numerics("[2, 2]", 3),
                                  "test.toml", {})
                           .problem;
  std::vector<std::string> closed;
  for (const auto& condition : problem.conditions)
    if (condition.name.find("_closed_") != std::string::npos)
      closed.push_back(fmt::format("{} {} {}", condition.name, fmt::join(condition.on, " "),
                                   condition.where ? condition.where->value : "everywhere"));
  CHECK(closed == std::vector<std::string>{"second_closed_1 y.lower y.upper hole everywhere",
                                           "second_closed_2 x.lower not (y < 0.5)"});
  // The hole is named now, and no part of the boundary any more: u stays zero there too.
  CHECK(problem.conditions.front().on == std::vector<std::string>{"boundary", "hole"});
}
