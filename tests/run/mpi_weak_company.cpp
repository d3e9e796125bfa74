// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// Weak forms together with what else a case can have: starts, accuracy, unknowns, periodic directions.
#include "problem/case/case_file.hpp"
#include "support/catch.hpp"

#include <ddpinn/solve.hpp>

#include <fmt/format.h>
#include <cmath>

using namespace ddpinn;

namespace {

Solved solved(const std::string& text) {
  auto result = solve(parse_case(text, "test.toml", {}), MPI_COMM_WORLD);
  judge(result);
  return result;
}

double at(const Solved& solved, const std::vector<double>& x) {
  return solved.fields.evaluate({x}, {"u"})[0][0];
}

const std::string line = "[domain]\ncoordinates = [\"x\"]\nlower = [0]\nupper = [1]\n";
const std::string cubic =
    "[decomposition]\nsubdomains = [3]\n[network]\nhidden = [0]\npolynomial_degree = 5\n";

/// Two wells, of which that at the positive value is deeper.
const std::string wells = line + "[[energy]]\ndensity = \"u_x**2/2 + 4*(u**2 - 1)**2 - 0.4*u\"\n" + cubic;

}  // namespace

TEST_CASE("The start of an energy's solution decides in which of its minima it ends") {
  CHECK(at(solved(wells + "[solver]\nstart = 2\n"), {0.5}) > 0.9);
  CHECK(at(solved(wells + "[solver]\nstart = 3\n"), {0.5}) < -0.9);
}

TEST_CASE("A start at a saddle of the energy is left, at a minimum it stays") {
  const auto ends = "[[condition]]\non = [\"boundary\"]\nresidual = \"u\"\n" + cubic;
  const auto left = solved(line + "[[energy]]\ndensity = \"u_x**2/2 + 20*(u**2 - 1)**2\"\n" + ends);
  CHECK(left.result.finished);
  CHECK(std::abs(at(left, {0.5})) > 0.9);
  // The density is not convex at zero; the energy is.
  const auto stayed = solved(line + "[[energy]]\ndensity = \"u_x**2/2 - u**2/2 + u**4\"\n" + ends);
  CHECK(stayed.result.converged);
  CHECK(std::abs(at(stayed, {0.5})) < 1e-8);
}

TEST_CASE("A quadratic energy is solved once, however many starts are asked for") {
  const auto file = parse_case(line +
                                   "[[energy]]\ndensity = \"u_x**2/2 - u\"\n[[condition]]\non = "
                                   "[\"boundary\"]\nresidual = \"u\"\n" +
                                   cubic + "[solver]\nstarts = 4\n",
                               "test.toml", {});
  CHECK(file.options.solver.starts == 1);
  REQUIRE(file.remarks.size() == 1);
  CHECK(file.remarks.front().find("'solver.starts' has no effect") != std::string::npos);
  CHECK(parse_case(wells + "[solver]\nstarts = 4\n", "test.toml", {}).options.solver.starts == 4);
}

TEST_CASE("Of several starts that with the smallest energy is taken, and others are told") {
  const auto found = solved(wells + "[solver]\nstart = 2\nstarts = 3\n");
  REQUIRE(found.result.energy);
  CHECK(*found.result.energy == Approx(-0.4).margin(5e-3));
  CHECK(at(found, {0.5}) > 0.9);
  REQUIRE(!found.warnings.empty());
  CHECK(found.warnings.front().find("the energy has local minima") != std::string::npos);
}

TEST_CASE("An accuracy is asked of an energy that is not convex, level after level from the last one") {
  const auto found = solved(line + "[[energy]]\ndensity = \"u_x**2/2 + (u**2 - 1)**2/(4*0.01)\"\n" +
                            "[[condition]]\non = [\"x.lower\"]\nresidual = \"u\"\n"
                            "[[condition]]\non = [\"x.upper\"]\nresidual = \"u - 1\"\n"
                            "[network]\nhidden = [0]\n[solver]\naccuracy = 1e-4\n"
                            "[exact]\nu = \"tanh(x/(0.1*sqrt(2)))/tanh(1/(0.1*sqrt(2)))\"\n");
  CHECK(found.result.converged);
  CHECK(found.result.errors.at(0).l2_relative < 1e-4);
}

TEST_CASE("Unknowns of a weak form are fitted to observations of its solution") {
  const std::string ends = "[[condition]]\non = [\"boundary\"]\nresidual = \"u\"\n";
  const std::string data =
      "[[data]]\nvalues = { u = \"x*(1 - x)/4\" }\npoints = 12\nstandard_deviation = 1e-4\n"
      "[unknowns]\nk = { initial = 1, lower = 0.1, upper = 10 }\n";
  for (const std::string form :
       {"[[energy]]\ndensity = \"k*u_x**2/2 - u\"\n",
        "[[conservation]]\nflux = { x = \"-k*u_x\" }\nsource = \"1\"\nsolve = true\n"}) {
    const auto found = solved(line + form + ends + data + cubic);
    CHECK(found.result.finished);
    REQUIRE(found.result.identified.size() == 1);
    CHECK(found.result.identified[0].value == Approx(2).epsilon(1e-6));
  }
}

TEST_CASE("Directions of a weak form may be periodic") {
  const auto found = solved(
      "[domain]\ncoordinates = [\"x\"]\nlower = [0]\nupper = [1]\nperiodic = [\"x\"]\n"
      "[[energy]]\ndensity = \"u_x**2/2 + u**2/2 - (1 + 4*pi**2)*cos(2*pi*x)*u\"\n"
      "[exact]\nu = \"cos(2*pi*x)\"\n[decomposition]\nsubdomains = [4]\n"
      "[network]\nhidden = [0]\npolynomial_degree = 8\n");
  CHECK(found.result.converged);
  CHECK(found.result.errors.at(0).l2_relative < 1e-8);
}
