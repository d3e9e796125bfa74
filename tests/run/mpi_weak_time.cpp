// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// Energies fall in time by the rates that dissipate them, and conservation laws store what they say along t.
#include "problem/case/case_file.hpp"
#include "support/catch.hpp"

#include <ddpinn/solve.hpp>

#include <fmt/format.h>
#include <cmath>
#include <numbers>

using namespace ddpinn;

namespace {

Solved solved(const std::string& text) {
  auto result = solve(parse_case(text, "test.toml", {}), MPI_COMM_WORLD);
  judge(result);
  return result;
}

std::string numerics(const std::string& subdomains, int degree, int slabs = 1) {
  return fmt::format(
      "[decomposition]\nsubdomains = {}\n[network]\nhidden = [0]\npolynomial_degree = {}\n[time]\nslabs = "
      "{}\n",
      subdomains, degree, slabs);
}

std::string rod(double end) {
  return fmt::format("[domain]\ncoordinates = [\"x\", \"t\"]\nlower = [0, 0]\nupper = [1, {}]\n", end);
}

std::string starts_with(const std::string& value) {
  return fmt::format("[[condition]]\non = [\"t.lower\"]\nresidual = \"u - ({})\"\n", value);
}

const std::string cold_ends = "[[condition]]\non = [\"x.lower\", \"x.upper\"]\nresidual = \"u\"\n";

/// An energy at a time, by the trapezoidal rule between points of a line from -1 to 1.
double energy_at(const Solved& solved, double t, const std::string& density) {
  constexpr int intervals = 800;
  std::vector<std::vector<double>> points;
  for (int i = 0; i <= intervals; ++i) points.push_back({-1 + 2.0 * i / intervals, t});
  const auto values = solved.fields.evaluate(points, {density})[0];
  double sum = -(values.front() + values.back()) / 2;
  for (double value : values) sum += value;
  return sum * 2 / intervals;
}

}  // namespace

TEST_CASE("Heat flows by the energy that it dissipates, all at once and in time slabs") {
  for (int slabs : {1, 2}) {
    const auto found = solved(rod(0.2) +
                              "[[energy]]\ndensity = \"3*u_t**2/2 + 3*u_x**2/2\"\n"
                              "[exact]\nu = \"exp(-pi**2*t)*sin(pi*x)\"\n" +
                              starts_with("sin(pi*x)") + cold_ends + numerics("[2, 1]", 7, slabs));
    CHECK(found.result.converged);
    CHECK(found.result.errors.at(0).l2_relative < 1e-4);
  }
}

TEST_CASE("A conservation law stores what stands along t, whatever the sign of its flux") {
  for (const std::string sign : {"", "-"}) {
    const auto found = solved(
        rod(0.2) +
        fmt::format("[[conservation]]\nflux = {{ t = \"{0}u\", x = \"-({0}u_x)\" }}\nsolve = true\n", sign) +
        "[exact]\nu = \"exp(-pi**2*t)*cos(pi*x)\"\n" + starts_with("cos(pi*x)") + numerics("[2, 1]", 7));
    CHECK(found.result.converged);
    CHECK(found.result.errors.at(0).l2_relative < 1e-4);
  }
}

TEST_CASE("Densities and fluxes in time may be nonlinear, and begin in each slab with the one before") {
  // u = exp(-t) (2 + cos(pi x)) with the density u + u^2/2 and the flux -(1 + u) u_x.
  const auto found = solved(rod(0.5) + R"toml([definitions]
w = "exp(-t)*(2 + cos(pi*x))"
f = "d(w + w**2/2, t) - d((1 + w)*d(w, x), x)"
[[conservation]]
flux = { t = "u + u**2/2", x = "-(1 + u)*u_x" }
source = "f"
solve = true
[exact]
u = "w"
)toml" + starts_with("2 + cos(pi*x)") +
                            numerics("[2, 1]", 7, 2));
  CHECK(found.result.converged);
  CHECK(found.result.errors.at(0).l2_relative < 1e-5);
}

TEST_CASE("The energy of a gradient flow never rises") {
  const std::string stored = "1e-2*u_x**2/2 + (u**2 - 1)**2/4";
  const auto found = solved("[domain]\ncoordinates = [\"x\", \"t\"]\nlower = [-1, 0]\nupper = [1, 1]\n" +
                            fmt::format("[[energy]]\ndensity = \"u_t**2/2 + {}\"\n", stored) +
                            starts_with("0.4*cos(pi*x) + 0.1*cos(2*pi*x)") + numerics("[4, 1]", 6, 3));
  CHECK(found.result.converged);
  constexpr int steps = 40;
  const double first = energy_at(found, 0, stored);
  double last = first, dissipated = energy_at(found, 0, "u_t**2") / 2;
  for (int step = 1; step <= steps; ++step) {
    const double t = static_cast<double>(step) / steps, now = energy_at(found, t, stored);
    CHECK(now < last);
    last = now;
    dissipated += energy_at(found, t, "u_t**2") / (step == steps ? 2 : 1);
  }
  CHECK(first - last == Approx(dissipated / steps).epsilon(1e-2));
}
