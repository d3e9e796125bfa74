// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// Weak forms on a grid: the same energies and laws in multilinear finite elements.
#include "grid/grid_cases.hpp"
#include "problem/first_order.hpp"
#include "support/catch.hpp"

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

std::string energy_of(const std::string& density, const std::string& on = "") {
  return "[[energy]]\ndensity = \"" + density + "\"\n" + (on.empty() ? "" : "on = [" + on + "]\n");
}

GridSolution on_grid(const std::string& text, const std::vector<int>& cells) {
  return solve_on_grid(Communicator(MPI_COMM_SELF), model_of(text), cells);
}

/// Largest error of the first field.
double error(const std::string& text, int cells) {
  return exact_errors(model_of(text), on_grid(text, {cells})).at(0).largest;
}

double observed_order(const std::string& text, int n) {
  return orders(Communicator(MPI_COMM_SELF), text, n).at(0);
}

void require_message(const std::string& text, const std::string& part) {
  try {
    on_grid(text, {4});
  } catch (const Error& error) {
    INFO(error.what());
    REQUIRE(std::string(error.what()).find(part) != std::string::npos);
    return;
  }
  INFO("no error for " << text);
  REQUIRE(false);
}

const std::string walls = condition_on("\"boundary\"", "u");

}  // namespace

TEST_CASE("Energies on a grid are of second order, with values and fluxes on faces") {
  const std::string text = on_the_box(
      "xy", energy_of("(1 + x)*(u_x**2 + u_y**2)/2 - (2*pi**2*(1 + x)*sin(pi*x) - pi*cos(pi*x))"
                      "*sin(pi*y)*u") +
                energy_of("2*pi*sin(pi*y)*u", "\"x.upper\"") +
                condition_on("\"x.lower\", \"y.lower\", \"y.upper\"", "u") + exact_is("sin(pi*x)*sin(pi*y)"));
  CHECK(observed_order(text, 16) == Approx(2).margin(0.1));
}

TEST_CASE("Laws on a grid are of second order, where they are not symmetric and not linear too") {
  // (1 + u^2) u' with u = sin(x + 1), carried along by 3 u
  const std::string law =
      "[[conservation]]\nflux = { x = \"-(1 + u**2)*u_x + 3*u\" }\nsolve = true\n"
      "source = \"d(-(1 + s**2)*cos(x + 1) + 3*s, x)\"\n";
  const std::string text =
      on_the_box("x", "[definitions]\ns = \"sin(x + 1)\"\n" + law + condition_on("\"x.lower\"", "u - s") +
                          "[[condition]]\non = [\"x.upper\"]\nflux = \"-(1 + s**2)*cos(x + 1) + 3*u\"\n" +
                          exact_is("s"));
  CHECK(observed_order(text, 32) == Approx(2).margin(0.2));
}

TEST_CASE("Weak forms in time are marched in on a grid") {
  const std::string rest =
      condition_on("\"t.lower\"", "u - sin(pi*x)") + walls + exact_is("exp(-pi**2*t/10)*sin(pi*x)");
  for (const auto& form :
       {energy_of("u_t**2/2 + u_x**2/20"),
        std::string("[[conservation]]\nflux = { t = \"u\", x = \"-u_x/10\" }\nsolve = true\n")})
    CHECK(observed_order(on_the_box("xt", form + rest), 64) == Approx(2).margin(0.15));
}

TEST_CASE("A coefficient may jump within a grid's cell") {
  const std::string text =
      on_the_box("x", "[definitions]\nk = \"where(x < 0.5, 1, 10)\"\n" + energy_of("k*u_x**2/2") +
                          condition_on("\"x.lower\"", "u") + condition_on("\"x.upper\"", "u - 1") +
                          exact_is("where(x < 0.5, 20*x/11, 1 - 2*(1 - x)/11)"));
  CHECK(error(text, 8) < 1e-9);  // the jump is at a node
  // In the middle of a cell the width of a cell is all that is lost.
  CHECK(error(text, 9) < 0.07);
  CHECK(error(text, 9) / error(text, 81) > 8);
}

TEST_CASE("Shapes cut the elements of a grid") {
  // A quarter of a disc: u = (1 - r^2) / 4.
  const std::string text = on_the_box(
      "xy",
      energy_of("(u_x**2 + u_y**2)/2 - u") + condition_on("\"rim\"", "u") + exact_is("(1 - x**2 - y**2)/4"),
      shape_of("keep", "rim", "ball = { center = [0, 0], radius = 1 }"));
  const auto relative = [&](int cells) {
    return exact_errors(model_of(text), on_grid(text, {cells})).at(0).relative();
  };
  CHECK(relative(32) < 1.5e-3);
  CHECK(relative(64) < relative(32) / 3);
}

TEST_CASE("Periodic directions and exact enforcement have their weak forms on a grid") {
  const std::string text = on_the_box("xy",
                                      energy_of("(u_x**2 + u_y**2)/2 - 5*pi**2*cos(2*pi*x)*sin(pi*y)*u") +
                                          "[exact_enforcement]\nu = { factor = \"y*(1 - y)\" }\n" +
                                          exact_is("cos(2*pi*x)*sin(pi*y)"),
                                      "periodic = [\"x\"]\n");
  CHECK(observed_order(text, 16) == Approx(2).margin(0.1));
}

TEST_CASE("Nonlinear energies are made smallest on a grid, from zero") {
  // p = 4: u'^3 = 1 - x
  const std::string text =
      on_the_box("x", energy_of("u_x**4/4 + 1e-8*u_x**2 - u") + condition_on("\"x.lower\"", "u") +
                          exact_is("0.75*(1 - (1 - x)**(4/3))"));
  CHECK(error(text, 64) < 2e-3);
  // p = 4/3 as a law: u'^(1/3) = 1 - x
  const std::string law = on_the_box(
      "x",
      "[[conservation]]\nflux = { x = \"-(u_x**2 + 1e-12)**(-1/3)*u_x\" }\nsource = \"1\"\nsolve = true\n" +
          condition_on("\"x.lower\"", "u") + exact_is("(1 - (1 - x)**4)/4"));
  CHECK(error(law, 64) < 2e-3);
}

TEST_CASE("First-order laws are solved on a grid in their own fields") {
  const auto problem =
      parse_case(
          on_the_box("x",
                     "[[conservation]]\nflux = { x = \"-u_x\" }\nsource = \"1\"\nsolve = true\n"
                     "form = \"first-order\"\n" +
                         condition_on("\"x.lower\"", "u") +
                         "[[condition]]\non = [\"x.upper\"]\nflux = \"2*u\"\n" + exact_is("2*x/3 - x**2/2")),
          "test.toml")
          .problem;
  const auto model = compile(in_weak_form(problem));
  REQUIRE(model.fields == std::vector<std::string>{"u"});
  const auto solution = solve_on_grid(Communicator(MPI_COMM_SELF), model, {8});
  CHECK(exact_errors(model, solution).at(0).largest < 1e-9);
}

TEST_CASE("What elements of a grid cannot do is told") {
  require_message(on_the_box("x", energy_of("u_xx**2/2 - u") + walls), "second derivatives");
  require_message(on_the_box("x",
                             energy_of("u_x**2/2 - u") + condition_on("\"x.lower\"", "u") +
                                 condition_on("\"half\"", "u_plus - u_minus - 1"),
                             shape_of("interface", "half", "box = { lower = [0], upper = [0.5] }")),
                  "gives a jump on an interface");
  require_message(on_the_box("x", energy_of("log(u)*u_x**2/2 - u") + walls), "not finite");
  // A body that may turn.
  require_message("fields = [\"u\", \"v\"]\n" +
                      on_the_box("xy", energy_of("(u_x**2 + v_y**2)/2 + (u_y + v_x)**2/4 - (y - 0.5)*u") +
                                           "[[condition]]\npoints = [[0.5, 0.5]]\nresidual = \"u\"\n"
                                           "[[condition]]\npoints = [[0.5, 0.5]]\nresidual = \"v\"\n"),
                  "nothing may fix the level");
}
