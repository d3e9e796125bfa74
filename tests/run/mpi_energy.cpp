// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// Energies are made smallest: linear and nonlinear, with value conditions, loads on faces and surfaces, jumps
// of coefficients, and without a convex density.
#include "support/catch.hpp"
#include "support/solved.hpp"

#include <fmt/format.h>
#include <cmath>
#include <numbers>

using namespace ddpinn;
using namespace ddpinn::test;
using std::numbers::pi;

namespace {

const std::string square = R"toml([domain]
coordinates = ["x", "y"]
lower = [0, 0]
upper = [1, 1]
)toml";

/// The value is given on three sides, the flux u_x = -2 sin(2) e^y on the fourth.
const std::string poisson = square + R"toml([definitions]
solution = "cos(2*x)*exp(y)"
[[energy]]
density = "(u_x**2 + u_y**2)/2 - 3*solution*u"
[[energy]]
on = ["x.upper"]
density = "2*sin(2)*exp(y)*u"
[[condition]]
on = ["x.lower", "y.lower", "y.upper"]
residual = "u - solution"
[exact]
u = "solution"
)toml";

const std::string cantilever = R"toml(fields = ["u", "v"]
[domain]
coordinates = ["x", "y"]
lower = [0, 0]
upper = [1, 0.1]
[parameters]
nu = 0.3
P = 4.7619e-6
[definitions]
c11 = "1/(1 - nu**2)"
c12 = "nu/(1 - nu**2)"
c66 = "1/(2*(1 + nu))"
[[energy]]
density = "(c11*u_x**2 + 2*c12*u_x*v_y + c11*v_y**2 + c66*(u_y + v_x)**2)/2"
[[energy]]
on = ["x.upper"]
density = "P*v"
[[condition]]
on = ["x.lower"]
residual = "u"
[[condition]]
on = ["x.lower"]
residual = "v"
)toml";

}  // namespace

TEST_CASE("The smallest energy solves Poisson's equation, with values and fluxes given") {
  auto found = solved(poisson + numerics("[3, 2]", 8));
  REQUIRE(found.result.converged);
  REQUIRE(error(found) < 5e-7);
  auto finer = solved(poisson + numerics("[3, 2]", 10));
  REQUIRE(error(finer) < 2e-8);
}

TEST_CASE("Conditions beside an energy hold to the tolerance and not to that of a spring") {
  const auto found = solved(poisson + numerics("[2, 2]", 9));
  for (double y : {0.1, 0.37, 0.82}) REQUIRE(at(found, {0, y}, "u") == Approx(std::exp(y)).epsilon(1e-8));
}

TEST_CASE("The estimate of an energy's solution is near its error") {
  auto found = solved(poisson + numerics("[2, 2]", 4));
  const double true_error = error(found);
  const double estimate = found.result.estimates.at(0).l2_relative;
  REQUIRE(estimate > 0.5 * true_error);
  REQUIRE(estimate < 10 * true_error);
}

TEST_CASE("A slender cantilever bends as it should") {
  // 1 % above the deflection of the beam by Timoshenko, of high degrees on many subdomains
  const auto found = solved(cantilever + numerics("[10, 1]", 4));
  const auto finest = solved(cantilever + numerics("[10, 1]", 9));
  REQUIRE(at(found, {1, 0.05}, "v") == Approx(at(finest, {1, 0.05}, "v")).epsilon(3e-3));
  REQUIRE(at(finest, {1, 0.05}, "v") == Approx(-0.0019047 * 1.0071).epsilon(5e-3));
}

TEST_CASE("A flux is continuous across a jump of a coefficient, by itself") {
  const std::string bar = R"toml([domain]
coordinates = ["x"]
lower = [0]
upper = [1]
[definitions]
k = "where(x < 0.437, 1, 10)"
[[energy]]
density = "k*u_x**2/2"
[[condition]]
on = ["x.lower"]
residual = "u"
[[condition]]
on = ["x.upper"]
residual = "u - 1"
[[domain.interface]]
name = "left"
box = { lower = [0], upper = [0.437] }
[[condition]]
on = ["left"]
residual = "u_minus - u_plus"
)toml";
  const auto found = solved(bar + numerics("[3]", 3));
  const double flux = 1 / (0.437 + 0.563 / 10);
  REQUIRE(found.result.nonlinear_iterations == 1);
  REQUIRE(at(found, {0.2}, "u_x") == Approx(flux).epsilon(1e-6));
  REQUIRE(at(found, {0.437}, "u") == Approx(0.437 * flux).epsilon(1e-6));
  REQUIRE(at(found, {0.8}, "u_x") == Approx(flux / 10).epsilon(1e-6));
}

TEST_CASE("Convex energies are made smallest from zero") {
  // -(|u'|^(p-2) u')' = 1 with p = 4/3: u' = -(x - 1/2)^3, u = (1/64 - (x - 1/2)^4 / 4) ...
  const std::string glen = R"toml([domain]
coordinates = ["x"]
lower = [0]
upper = [1]
[[energy]]
density = "0.75*(u_x**2 + 1e-12)**(2/3) - u"
[[condition]]
on = ["boundary"]
residual = "u"
[exact]
u = "(1/16 - (x - 0.5)**4)/4"
[solver]
max_iterations = 200
)toml";
  auto found = solved(glen + numerics("[4]", 6));
  REQUIRE(found.result.finished);
  REQUIRE(error(found) < 1e-4);
}

TEST_CASE("Energies that are not convex fall to a minimum") {
  const std::string layer = R"toml([domain]
coordinates = ["x"]
lower = [-1]
upper = [1]
[[energy]]
density = "0.02*u_x**2/2 + (u**2 - 1)**2/4"
[[condition]]
on = ["x.lower"]
residual = "u + tanh(1/sqrt(0.04))"
[[condition]]
on = ["x.upper"]
residual = "u - tanh(1/sqrt(0.04))"
[exact]
u = "tanh(x/sqrt(0.04))"
)toml";
  auto found = solved(layer + numerics("[8]", 9));
  REQUIRE(found.result.finished);
  REQUIRE(error(found) < 1e-6);
}

TEST_CASE("Loads on surfaces of shapes and domains cut by them are integrated") {
  // A ring from 1/2 to 1, u = 0 outside, flux 1 inwards: u = -log(r)/2; a quarter of it.
  const std::string ring = square + R"toml([[domain.remove]]
name = "hole"
ball = { center = [0, 0], radius = 0.5 }
[[domain.keep]]
name = "rim"
ball = { center = [0, 0], radius = 1 }
[[energy]]
density = "(u_x**2 + u_y**2)/2"
[[energy]]
on = ["hole"]
density = "-u"
[[condition]]
on = ["rim"]
residual = "u"
[exact]
u = "-0.5*log(sqrt(x**2 + y**2))"
)toml";
  auto found = solved(ring + numerics("[4, 4]", 6));
  REQUIRE(error(found) < 1e-4);
}

TEST_CASE("Conditions and loads on surfaces where subdomains meet count once") {
  // An L, the sides of whose corner lie on the ends of cores; and a load on an interface there.
  const std::string corner = R"toml([domain]
coordinates = ["x", "y"]
lower = [-1, -1]
upper = [1, 1]
[[domain.remove]]
name = "corner"
box = { lower = [0, -1], upper = [1, 0] }
[[energy]]
density = "(u_x**2 + u_y**2)/2"
[[condition]]
on = ["boundary"]
residual = "u - cos(2*x)*exp(2*y)"
[exact]
u = "cos(2*x)*exp(2*y)"
)toml";
  auto l = solved(corner + numerics("[4, 4]", 6));
  REQUIRE(error(l) < 1e-5);
  const std::string middle = square + R"toml([[domain.interface]]
name = "left"
box = { lower = [-1, -1], upper = [0.5, 2] }
[[energy]]
density = "(u_x**2 + u_y**2)/2"
[[energy]]
on = ["left"]
density = "-u_minus"
[[condition]]
on = ["x.lower", "x.upper"]
residual = "u"
[[condition]]
on = ["left"]
residual = "u_plus - u_minus"
[exact]
u = "minimum(x, 1 - x)/2"
)toml";
  for (const auto* subdomains : {"[2, 2]", "[3, 2]"}) {
    auto load = solved(middle + numerics(subdomains, 3));
    INFO(subdomains);
    REQUIRE(error(load) < 1e-5);
  }
}

TEST_CASE("Iterations for an energy do not grow with the number of subdomains") {
  const auto iterations = [](int n) {
    const auto text = square + fmt::format(R"toml([[energy]]
density = "(u_x**2 + u_y**2)/2 - exp(x + 2*y)*u"
[[condition]]
on = ["x.lower", "x.upper"]
residual = "u"
[decomposition]
subdomains = [{}, {}]
[network]
hidden = [0]
polynomial_degree = 3
)toml",
                                           n, n);
    const auto found = solve(parse_case(text, "test.toml", {}), MPI_COMM_WORLD);
    REQUIRE(found.result.finished);
    return found.result.iterations;
  };
  REQUIRE(iterations(8) <= 1.3 * iterations(4));
}
