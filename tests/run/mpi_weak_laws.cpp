// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// Conservation laws are solved in weak form: symmetric or not, linear or not, with fluxes given on
// boundaries, and across jumps of coefficients that the case does not point out.
#include "support/catch.hpp"
#include "support/solved.hpp"

#include <fmt/format.h>
#include <cmath>
#include <numbers>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

/// Windows are rational functions: many points integrate them as accurately as these degrees can solve.
std::string fine(const std::string& subdomains, int degree) {
  return numerics(subdomains, degree) + "[points]\ninterior = 20\nboundary = 20\n";
}

/// A bar of two materials, with nothing said of where they meet but in the coefficient.
std::string bar(const std::string& form) {
  return unit_line + "[definitions]\nk = \"where(x < 0.437, 1, 10)\"\n" + form + R"toml(
[[condition]]
on = ["x.lower"]
residual = "u"
[[condition]]
on = ["x.upper"]
residual = "u - 1"
)toml" + fine("[4]", 4);
}

const std::string two_squares = R"toml([domain]
coordinates = ["x", "y"]
lower = [0, 0]
upper = [2, 1]
[definitions]
k = "where(x < 1, 1.38, 400)"
[[condition]]
on = ["x.lower"]
residual = "u"
[[condition]]
on = ["x.upper"]
flux = "-100*(1 + cos(pi*y))"
)toml";

/// u = x/k + a mode that decays from the heated side: with a = 100/pi, A e^(pi x) and B e^(-pi x) on the
/// right, and C sinh(pi x) on the left.
double two_squares_solution(double x, double y) {
  using std::numbers::pi;
  const double k1 = 1.38, k2 = 400;
  const double linear = x < 1 ? 100 * x / k1 : 100 / k1 + 100 * (x - 1) / k2;
  // on the right u = a cosh(pi (x - 1)) + b sinh(pi (x - 1)), on the left c sinh(pi x) / sinh(pi)
  // values: a = c; fluxes: k1 c coth(pi) = k2 b; at x = 2: k2 pi (a sinh(pi) + b cosh(pi)) = 100
  const double b_over_a = k1 / (k2 * std::tanh(pi));
  const double a = 100 / (k2 * pi * (std::sinh(pi) + b_over_a * std::cosh(pi)));
  const double mode = x < 1 ? a * std::sinh(pi * x) / std::sinh(pi)
                            : a * (std::cosh(pi * (x - 1)) + b_over_a * std::sinh(pi * (x - 1)));
  return linear + mode * std::cos(pi * y);
}

}  // namespace

TEST_CASE("A coefficient may jump in a weak form where nothing else says so") {
  const double flux = 1 / (0.437 + 0.563 / 10);
  for (const std::string form : {"[[conservation]]\nflux = { x = \"-k*u_x\" }\nsolve = true\n",
                                 "[[energy]]\ndensity = \"k*u_x**2/2\"\n",
                                 "[[energy]]\nwhere = \"x < 0.437\"\ndensity = \"u_x**2/2\"\n"
                                 "[[energy]]\nwhere = \"x >= 0.437\"\ndensity = \"10*u_x**2/2\"\n"}) {
    const auto found = solved(bar(form));
    REQUIRE(found.result.converged);
    REQUIRE(at(found, {0.2}, "u_x") == Approx(flux).epsilon(1e-6));
    REQUIRE(at(found, {0.8}, "u_x") == Approx(flux / 10).epsilon(1e-6));
  }
}

TEST_CASE("Grains may be told by which of several points is nearest") {
  // Layers meet at 0.2 and 0.55.
  auto solved_case = solved(unit_line + R"toml([definitions]
a = "abs(x - 0.1)"
b = "abs(x - 0.3)"
c = "abs(x - 0.8)"
nearest = "minimum(a, minimum(b, c))"
k = "where(a <= nearest, 1, where(b <= nearest, 10, 2))"
[[energy]]
density = "k*u_x**2/2"
[[condition]]
on = ["x.lower"]
residual = "u"
[[condition]]
on = ["x.upper"]
residual = "u - 1"
)toml" + fine("[4]", 4));
  const double resistance = 0.2 / 1 + 0.35 / 10 + 0.45 / 2;
  CHECK(at(solved_case, {0.1}, "k*u_x") == Approx(1 / resistance).epsilon(1e-8));
  CHECK(at(solved_case, {0.9}, "k*u_x") == Approx(1 / resistance).epsilon(1e-8));
}

TEST_CASE("Fluxes are continuous across a contrast of 300, and given on a boundary") {
  for (const std::string sign : {"-", ""}) {
    auto text = two_squares +
                fmt::format(R"toml([[conservation]]
flux = {{ x = "{0}k*u_x", y = "{0}k*u_y" }}
solve = true
)toml",
                            sign) +
                fine("[4, 2]", 7);
    if (sign.empty()) text.replace(text.find("-100*"), 5, "100*");
    const auto found = solved(text);
    REQUIRE(found.result.converged);
    for (const auto& x :
         {std::vector{0.5, 0.2}, std::vector{0.97, 0.9}, std::vector{1.4, 0.1}, std::vector{2.0, 0.6}})
      REQUIRE(at(found, x, "u") == Approx(two_squares_solution(x[0], x[1])).epsilon(1e-6));
  }
}

TEST_CASE("Transport is a part of a flux") {
  const std::string text = unit_square + R"toml([parameters]
k = 0.05
[definitions]
s = "sin(2*x)*exp(y)"
bx = "1 + y"
by = "2 - x"
[[conservation]]
flux = { x = "-k*u_x + bx*u", y = "-k*u_y + by*u" }
source = "3*k*s + bx*2*cos(2*x)*exp(y) + by*s"
solve = true
[[condition]]
on = ["x.lower", "y.lower", "y.upper"]
residual = "u - s"
[[condition]]
on = ["x.upper"]
flux = "-k*2*cos(2)*exp(y) + bx*u"
[exact]
u = "s"
)toml";
  auto found = solved(text + fine("[3, 3]", 4));
  REQUIRE(found.result.converged);
  const double coarse = error(found);
  auto finer = solved(text + fine("[3, 3]", 8));
  REQUIRE(error(finer) < 1e-2 * coarse);
  REQUIRE(error(finer) < 1e-9);
}

TEST_CASE("Nonlinear conservation laws are solved from zero") {
  // -(|u'|^(p-2) u')' = 1 with p = 4/3
  auto found = solved(unit_line + R"toml([[conservation]]
flux = { x = "-(u_x**2 + 1e-12)**(-1/3)*u_x" }
source = "1"
solve = true
[[condition]]
on = ["boundary"]
residual = "u"
[exact]
u = "(1/16 - (x - 0.5)**4)/4"
[solver]
max_iterations = 200
)toml" + fine("[4]", 6));
  REQUIRE(found.result.finished);
  REQUIRE(error(found) < 1e-4);
}

TEST_CASE("Conductivity that depends on the temperature makes a law that is not symmetric") {
  // k = 1 + u: w = u + u^2 / 2 is harmonic
  auto found = solved(unit_square + R"toml([definitions]
w = "1 + x*y"
s = "sqrt(1 + 2*w) - 1"
[[conservation]]
flux = { x = "-(1 + u)*u_x", y = "-(1 + u)*u_y" }
solve = true
[[condition]]
on = ["x.lower", "y.lower", "y.upper"]
residual = "u - s"
[[condition]]
on = ["x.upper"]
flux = "-y"
[exact]
u = "s"
)toml" + fine("[2, 2]", 8));
  REQUIRE(found.result.converged);
  REQUIRE(error(found) < 1e-7);
}

TEST_CASE("Laws of several fields find their fields, and stresses need no sign") {
  // plane stress with u = x^2 y / 10, v = -y^2 x / 5: body forces follow
  auto found = solved("fields = [\"u\", \"v\"]\n" + unit_square + R"toml([definitions]
sxx = "(u_x + 0.3*v_y)/0.91"
syy = "(v_y + 0.3*u_x)/0.91"
sxy = "(u_y + v_x)/2.6"
[[conservation]]
name = "upwards"
flux = { x = "sxy", y = "syy" }
source = "d((x**2/10 - y**2/5)/2.6, x) + (-2*x/5 + 0.3*x/5)/0.91"
solve = true
[[conservation]]
name = "along"
flux = { x = "sxx", y = "sxy" }
source = "(y/5 - 0.3*2*y/5)/0.91 + d((x**2/10 - y**2/5)/2.6, y)"
solve = true
[[condition]]
on = ["x.lower", "y.lower", "y.upper"]
residual = "u - x**2*y/10"
[[condition]]
on = ["x.lower", "y.lower", "y.upper"]
residual = "v + y**2*x/5"
[[condition]]
on = ["x.upper"]
conservation = "along"
flux = "(y/5 - 0.3*2*y/5)/0.91"
[[condition]]
on = ["x.upper"]
conservation = "upwards"
flux = "(1/10 - y**2/5)/2.6"
[exact]
u = "x**2*y/10"
v = "-y**2*x/5"
)toml" + fine("[2, 2]", 4));
  REQUIRE(found.result.converged);
  REQUIRE(error(found) < 1e-9);
  REQUIRE(found.result.errors.at(1).l2_relative < 1e-9);
}
