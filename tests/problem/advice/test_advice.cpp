// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/advice/advice.hpp"

#include "problem/case/case_file.hpp"
#include "support/cases.hpp"
#include "support/catch.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

/// The box [0, 1]^d with a coordinate for each letter.
std::string box(const std::string& letters, const std::string& more = "") {
  std::string names;
  for (char c : letters) names += fmt::format("\"{}\", ", c);
  const std::vector<int> lower(letters.size(), 0), upper(letters.size(), 1);
  return fmt::format("{}[domain]\ncoordinates = [{}]\nlower = {}\nupper = {}\n", more, names, lower, upper);
}

/// All warnings in one text, line by line.
std::string advice_on(const std::string& text) {
  const auto file = parse_case(text, "test.toml", {"network.hidden=[3]", "points.interior=9"});
  return fmt::format("{}", fmt::join(advice(file.problem), "\n"));
}

const std::string walls = "\"x.lower\", \"x.upper\"", start = "\"t.lower\"", all = "\"boundary\"";
const std::string heat = box("xt") + equation("u_t - 0.1*u_xx");
const std::string wave = box("xt") + equation("u_tt - u_xx");
const std::string laplace = box("xy") + equation("u_xx + u_yy");
const std::string channel = box("xyt", "fields = [\"u\", \"v\", \"p\"]\n") +
                            equation("u_t + u*u_x + v*u_y + p_x - 0.01*(u_xx + u_yy)") +
                            equation("v_t + u*v_x + v*v_y + p_y - 0.01*(v_xx + v_yy)") +
                            equation("u_x + v_y") + condition(start, "u") + condition(start, "v");

}  // namespace

TEST_CASE("A face without conditions is named", "[advice]") {
  const auto found = advice_on(laplace + condition(walls, "u") + condition("\"y.lower\"", "u - x*(1 - x)"));
  REQUIRE(contains(found, "test.toml:6:13: y.upper has too few conditions on u"));
  REQUIRE(contains(found, "needs 2 on y.lower and y.upper together, and 1 is there"));
}

TEST_CASE("Missing starting values are named", "[advice]") {
  REQUIRE(contains(advice_on(heat + condition(walls, "u")), "t.lower has too few conditions"));
  const auto found = advice_on(wave + condition(walls, "u") + condition(start, "u - x*(1 - x)"));
  REQUIRE(contains(found, "needs 2 on t.lower, and 1 is there"));
}

TEST_CASE("Missing conditions of systems are named", "[advice]") {
  REQUIRE(advice_on(channel + condition(all, "u") + condition(all, "v")).empty());
  const auto one = advice_on(channel + condition(all, "u") + condition("\"x.lower\", \"y.lower\"", "v"));
  REQUIRE(contains(one, "x.upper has too few conditions on u, v, p"));
  REQUIRE(contains(one, "y.upper has too few conditions on u, v, p"));
  const auto two =
      advice_on(box("xt", "fields = [\"u\", \"T\"]\n") + equation("u_t - u_xx") + equation("T_t - T_xx") +
                condition(walls, "u") + condition(start, "u") + condition(walls, "T"));
  REQUIRE(contains(two, "t.lower has too few conditions on T"));
  REQUIRE_FALSE(contains(two, "conditions on u"));
}

TEST_CASE("Conditions on a part of a face count there only", "[advice]") {
  const std::string part = laplace + condition(walls, "u") + condition("\"y.lower\"", "u") +
                           "[[condition]]\non = [\"y.upper\"]\nresidual = \"u - 1\"\nwhere = \"x < 0.5\"\n";
  REQUIRE(contains(advice_on(part), "a part of y.upper has too few conditions"));
  const std::string rest =
      part + "[[condition]]\non = [\"y.upper\"]\nresidual = \"u_y\"\nwhere = \"x >= 0.5\"\n";
  REQUIRE_FALSE(contains(advice_on(rest), "too few"));
}

TEST_CASE("Surfaces of shapes and interfaces need conditions", "[advice]") {
  const std::string hole =
      "[[domain.remove]]\nname = \"hole\"\nball = { center = [0.5, 0.5], radius = 0.2 }\n";
  const std::string faces = "\"x.lower\", \"x.upper\", \"y.lower\", \"y.upper\"";
  const auto with = [&](const std::string& shape, const std::string& conditions) {
    return advice_on(box("xy") + shape + equation("u_xx + u_yy + 1") + conditions);
  };
  REQUIRE(contains(with(hole, condition(faces, "u")), "the surface of 'hole' has too few conditions"));
  REQUIRE(with(hole, condition(all, "u")).empty());
  REQUIRE(with(hole, condition(faces, "u") + condition("\"hole\"", "n_x*u_x + n_y*u_y")).empty());
  const std::string disc =
      "[[domain.interface]]\nname = \"disc\"\nball = { center = [0.5, 0.5], radius = 0.2 }\n";
  const auto value = condition("\"disc\"", "u_plus - u_minus"),
             flux = condition("\"disc\"", "n_x*(u_x_plus - 2*u_x_minus) + n_y*(u_y_plus - 2*u_y_minus)");
  REQUIRE(
      contains(with(disc, condition(faces, "u") + value), "the surface of 'disc' has too few conditions"));
  REQUIRE(with(disc, condition(faces, "u") + value + flux).empty());
}

TEST_CASE("Nothing is missing where equations need nothing", "[advice]") {
  const std::string right[] = {
      heat + condition(walls, "u_x") + condition(start, "u - 1"),
      wave + condition(walls, "u") + condition(start, "u") + condition(start, "u_t - x*(1 - x)"),
      // outflow, and no inflow at either end
      box("xt") + equation("u_t + u_x") + condition(start, "u - x") + condition("\"x.lower\"", "u + t"),
      box("xt") + equation("u_t + (x - 0.5)*u_x") + condition(start, "u - x"),
      // three in all, where they belong
      box("xt") + equation("u_t + u_xxx") + condition(start, "u") + condition(walls, "u") +
          condition("\"x.upper\"", "u_x"),
      // beam, and plate
      box("xt") + equation("u_tt + u_xxxx") + condition(walls, "u") + condition(walls, "u_xx") +
          condition(start, "u") + condition(start, "u_t - sin(pi*x)"),
      box("xy") + equation("u_xxxx + 2*u_xxyy + u_yyyy - 1") + condition(all, "u") +
          condition(all, "n_x*u_x + n_y*u_y"),
      // a first-order system, values and fluxes
      box("xy", "fields = [\"u\", \"p\", \"q\"]\n") + equation("p - u_x") + equation("q - u_y") +
          equation("p_x + q_y + 1") + condition(walls, "u") + condition("\"y.lower\", \"y.upper\"", "q"),
      // regular at the axis
      box("rt") + equation("u_t - u_rr - u_r/r") + condition("\"r.upper\"", "u") +
          condition(start, "1 - r**2 - u"),
      box("rt") + equation("r*u_t - r*u_rr - u_r") + condition("\"r.upper\"", "u") +
          condition(start, "1 - r**2 - u"),
      // initial and boundary value problems on a line
      box("t") + equation("u_tt + 4*u") + condition(start, "u - 1") + condition(start, "u_t"),
      box("x") + equation("u_xx + 9*u") + condition(walls, "u - 1"),
      // enforced
      heat + "[exact_enforcement]\nu = { lift = \"sin(pi*x)\", factor = \"t*x*(1 - x)\" }\n",
      wave + "[exact_enforcement]\nu = { lift = \"sin(pi*x)\", factor = \"t**2*x*(1 - x)\" }\n",
      box("x") + equation("u_x - 1") +
          "[exact_enforcement]\nu = { lift = \"0\", factor = \"tanh(x - 0.5)\" }\n",
      // steady in a periodic direction, and elliptic in time
      box("xt") + "periodic = [\"x\"]\n" + equation("u_t + u*u_x - 0.1*u_xx") +
          condition(start, "u - sin(2*pi*x)"),
      box("xt") + equation("u_tt + u_xx") + condition(walls, "u") +
          condition("\"t.lower\", \"t.upper\"", "u"),
      // eikonal equation, and a degenerate one: what they need depends on the solution
      box("xy") + equation("u_x**2 + u_y**2 - 1") + condition("\"x.lower\"", "u"),
      box("xt") + equation("u_t - u*u_xx - u_x**2") + condition(start, "u - maximum(0, 0.1 - (x - 0.5)**2)"),
  };
  for (const auto& text : right) {
    INFO(text);
    REQUIRE(advice_on(text).empty());
  }
}

TEST_CASE("An enforced value leaves a velocity to be given", "[advice]") {
  REQUIRE(contains(
      advice_on(wave + "[exact_enforcement]\nu = { lift = \"sin(pi*x)\", factor = \"t*x*(1 - x)\" }\n"),
      "needs 2 on t.lower, and 1 is there"));
}

TEST_CASE("Values that contradict each other where faces meet are named", "[advice]") {
  const auto corner = advice_on(heat + condition(start, "u - 1000") + condition(walls, "3*u - 900"));
  REQUIRE(contains(corner, "ask for different values of u (1000 and 300 at x = 0, t = 0)"));
  REQUIRE(contains(corner, "a ramp in time"));
  REQUIRE(
      advice_on(heat + condition(start, "u - 300 - 700*sin(pi*x)") + condition(walls, "u - 300")).empty());
  const auto same = advice_on(laplace + condition(all, "u") + condition("\"y.upper\"", "u - 1"));
  REQUIRE(contains(same, "'condition_1' on y.upper and 'condition_2' on y.upper ask for different values"));
  const auto enforced = advice_on(heat + condition(start, "u - 1 - x") +
                                  "[exact_enforcement]\nu = { lift = \"0\", factor = \"x*(1 - x)\" }\n");
  REQUIRE(contains(enforced, "the exact enforcement of u ask for different values"));
}

TEST_CASE("Conditions that agree, or are not about values, do not contradict each other", "[advice]") {
  REQUIRE(advice_on(laplace + condition("\"x.lower\"", "u") + condition("\"x.upper\"", "u - 1") +
                    condition("\"y.lower\", \"y.upper\"", "u_y"))
              .empty());
  REQUIRE(advice_on(laplace + condition("\"x.lower\"", "u - y") + condition("\"x.upper\"", "u - 1 - y") +
                    condition("\"y.lower\"", "u - x") + condition("\"y.upper\"", "2*u - 2*x - 2"))
              .empty());
}

TEST_CASE("Factors that jump where no interface is are named", "[advice]") {
  const std::string k = "[definitions]\nk = \"where(x < 0.5, 1, 10)\"\n", ends = condition(walls, "u - x");
  const auto found = advice_on(box("x") + k + equation("k*u_xx + 1") + ends);
  REQUIRE(contains(found, "the factor of u_xx in 'equation_1' jumps from 1 to 10 at x = 0.5"));
  REQUIRE(contains(
      advice_on(box("xy") + equation("(2 + sign(x + y - 1))*(u_xx + u_yy) - 1") + condition(all, "u")),
      "jumps from 1 to 3"));
  REQUIRE(advice_on(box("xt") + equation("u_t - where(t < 0.5, 1, 2)*u_xx") + condition(walls, "u") +
                    condition(start, "u - x*(1 - x)"))
              .empty());
  REQUIRE(advice_on(box("x", "fields = [\"u\", \"q\"]\n") + k + equation("q - k*u_x") + equation("q_x + 1") +
                    ends)
              .empty());
  REQUIRE(advice_on(two_materials()).empty());
}

TEST_CASE("Steep factors that are no flux's are named", "[advice]") {
  const std::string ends = condition(walls, "u - x");
  for (const auto* width : {"0.001", "0.02"}) {
    const auto k = fmt::format("[definitions]\nk = \"6 + 5*tanh((x - 0.5)/{})\"\n", width);
    const auto found = advice_on(box("x") + k + equation("k*u_xx + 1") + ends);
    REQUIRE(contains(found, "the factor of u_xx in 'equation_1' goes from 1"));
    REQUIRE(contains(found, "write d(k*u_x, x) if the flux is conserved"));
    REQUIRE_FALSE(contains(found, "jumps"));
    REQUIRE(advice_on(box("x") + k + equation("d(k*u_x, x) + 1") + ends).empty());
    REQUIRE(advice_on(box("xt") + k + equation("u_t - d(k*u_x, x)") + condition(walls, "u") +
                      condition(start, "u - sin(pi*x)"))
                .empty());
  }
  const std::string bump = "[definitions]\nk = \"1 + 10*exp(-((x - 0.3)**2 + y**2)/0.001)\"\n";
  REQUIRE(
      advice_on(box("xy") + bump + equation("d(k*u_x, x) + d(k*u_y, y) - 1") + condition(all, "u")).empty());
  // smooth ones, and those that vanish at an end
  for (const auto* smooth : {"(1 + x**2)*u_xx + 1", "exp(3*x)*u_xx - u", "x*u_xx + u_x + x*u"})
    REQUIRE_FALSE(contains(advice_on(box("x") + equation(smooth) + ends), "twentieth"));
}

TEST_CASE("A known solution that is no number somewhere is named", "[advice]") {
  const auto known = [](const std::string& u) {
    return advice_on(laplace + condition(all, "u") + "[exact]\nu = \"" + u + "\"\n");
  };
  REQUIRE(contains(known("sqrt(-1 - x)"), "the exact solution of u is not a number at x = "));
  REQUIRE(contains(known("sqrt(x - 0.5)"), "errors against it are no numbers"));
  REQUIRE(contains(known("exp(1000*(1 + x))"), "the exact solution of u is infinite at x = "));
  REQUIRE(known("log(x*y)").empty());
}

TEST_CASE("A part of the domain in which nothing holds is told, and a condition of where that never does") {
  const std::string ends = condition(all, "u");
  const auto energy = [&](const std::string& where) {
    return box("x") + "[[energy]]\ndensity = \"u_x**2/2 - u\"\nwhere = \"" + where + "\"\n" + ends;
  };
  CHECK(advice_on(energy("x < 0.25")).find("no energy or law holds in 75 % of the domain, such as at x = ") !=
        std::string::npos);
  CHECK(advice_on(energy("x > 2")).find("`where` of 'energy_1' holds nowhere") != std::string::npos);
  CHECK(advice_on(energy("x >= 0")).empty());
  CHECK(advice_on(box("x") + equation("u_xx - 1") + "where = \"x > 0.5\"\n" + ends)
            .find("no equation holds in 50 % of the domain") != std::string::npos);
  CHECK(advice_on(laplace + condition("\"boundary\"", "u") + condition("\"x.lower\"", "u - 1") +
                  "where = \"x > 0.5\"\n")
            .find("`where` of 'condition_2' holds nowhere (at none of 4096 points of its faces)") !=
        std::string::npos);
}
