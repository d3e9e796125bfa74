// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// Solutions on grids converge with order 2 to solutions that are known.
#include "grid/grid_cases.hpp"
#include "support/catch.hpp"

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

void require_second_order(const std::string& text, int n, double tolerance = 0.1) {
  const Communicator comm(MPI_COMM_SELF);
  for (double order : orders(comm, text, n)) {
    INFO("order " << order);
    REQUIRE(std::abs(order - 2) < tolerance);
  }
}

}  // namespace

TEST_CASE("Order 2 on a line, with Dirichlet and Robin conditions and variable coefficients") {
  require_second_order(
      on_the_box("x", equation_of("(1 + x)*u_xx + u_x - 4*u - (1 + x)*exp(x) + 3*exp(x)") +
                          condition_on("\"x.lower\"", "u - 1") +
                          condition_on("\"x.upper\"", "n_x*u_x + 2*u - 3*exp(1)") + exact_is("exp(x)")),
      64);
}

TEST_CASE("Order 2 on a square, with conditions of every kind and a mixed derivative") {
  const std::string u = "exp(x)*cos(2*y)";
  require_second_order(
      on_the_box("xy", equation_of("2*u_xx + u_yy + u_xy + exp(x)*(2*cos(2*y) + 2*sin(2*y))") +
                           condition_on("\"x.lower\"", "u - cos(2*y)") +
                           condition_on("\"x.upper\", \"y.lower\"",
                                        "n_x*(u_x - exp(x)*cos(2*y)) + n_y*(u_y + 2*exp(x)*sin(2*y))") +
                           condition_on("\"y.upper\"", "n_y*u_y + u - exp(x)*(cos(2*y) - 2*sin(2*y))") +
                           exact_is(u)),
      32);
}

TEST_CASE("Order 2 in a cube") {
  require_second_order(
      on_the_box("xyz", equation_of("u_xx + u_yy + u_zz - u*0") +
                            condition_on("\"boundary\"", "u - exp(x)*sin(0.6*y)*sin(0.8*z)") +
                            exact_is("exp(x)*sin(0.6*y)*sin(0.8*z)")),
      8);
}

TEST_CASE("Order 2 in time, for an equation of first order") {
  require_second_order(
      on_the_box("xt", equation_of("u_t - u_xx - cos(x)*(cos(t) + sin(t))") +
                           condition_on("\"t.lower\"", "u") + condition_on("\"x.lower\"", "u_x") +
                           condition_on("\"x.upper\"", "u - cos(1)*sin(t)") + exact_is("cos(x)*sin(t)")),
      32);
}

TEST_CASE("Order 2 in time, for an equation of second order") {
  require_second_order(
      on_the_box("tx", equation_of("u_tt - u_xx") + condition_on("\"t.lower\"", "u - sin(2*x)") +
                           condition_on("\"t.lower\"", "u_t + 2*sin(2*x)*0 - 2*cos(2*x)") +
                           condition_on("\"x.lower\", \"x.upper\"", "u - sin(2*(x + t))") +
                           exact_is("sin(2*(x + t))")),
      48);
}

TEST_CASE("Order 2 for a nonlinear equation") {
  require_second_order(on_the_box("x", equation_of("u_xx + exp(u)") + condition_on("\"boundary\"", "u") +
                                           exact_is("-2*log(cosh((x - 0.5)*0.75858229952538)/"
                                                    "cosh(0.37929114976269))")),
                       16);
}

TEST_CASE("Order 2 for Burgers' equation, marched") {
  // The travelling wave 1 - tanh((x - t)/(2 nu)), nu = 1/2.
  const std::string wave = "1 - tanh(x - t)";
  require_second_order(on_the_box("xt", equation_of("u_t + u*u_x - 0.5*u_xx") +
                                            condition_on("\"t.lower\", \"x.lower\", \"x.upper\"",
                                                         "u - " + std::string("(") + wave + ")") +
                                            exact_is(wave)),
                       48, 0.2);
}

TEST_CASE("Order 2 for an equation of fourth order: a second condition on a face stands one node inward") {
  for (const auto* second : {"u_xx - 4*exp(2*x)", "u_x - 2*exp(2*x)"})
    require_second_order(
        on_the_box("x", equation_of("u_xxxx - 16*exp(2*x)") + condition_on("\"boundary\"", "u - exp(2*x)") +
                            condition_on("\"boundary\"", second) + exact_is("exp(2*x)")),
        64);
}

TEST_CASE("Order 2 for plane elasticity, with tractions on one side") {
  // u = x y, v = x^2 + y^2/2 + sin(x): forces and tractions follow; lambda = mu = 1.
  const std::string text =
      "fields = [\"u\", \"v\"]\n" +
      on_the_box("xy",
                 equation_of("3*u_xx + u_yy + 2*v_xy") +
                     equation_of("v_xx + 3*v_yy + 2*u_xy - (7 - sin(x) - 0*y)") +
                     condition_on("\"x.lower\", \"y.lower\", \"y.upper\"", "u - x*y") +
                     condition_on("\"x.lower\", \"y.lower\", \"y.upper\"", "v - (x**2 + y**2/2 + sin(x))") +
                     condition_on("\"x.upper\"", "n_x*(3*u_x + v_y - 4*y)") +
                     condition_on("\"x.upper\"", "n_x*(u_y + v_x - (3*x + cos(x)))") +
                     "[exact]\nu = \"x*y\"\nv = \"x**2 + y**2/2 + sin(x)\"\n");
  require_second_order(text, 16, 0.2);
}

TEST_CASE("Order 2 for two coupled fields") {
  const std::string text =
      "fields = [\"u\", \"v\"]\n" +
      on_the_box("xy", equation_of("u_xx + u_yy + v_x - exp(x)*sin(y)") +
                           equation_of("v_xx + v_yy - u + exp(x)*sin(y)") +
                           condition_on("\"boundary\"", "u - exp(x)*sin(y)") +
                           condition_on("\"x.lower\", \"y.lower\", \"y.upper\"", "v - exp(x)*sin(y)") +
                           condition_on("\"x.upper\"", "v_x - exp(x)*sin(y)") +
                           "[exact]\nu = \"exp(x)*sin(y)\"\nv = \"exp(x)*sin(y)\"\n");
  require_second_order(text, 16, 0.15);
}

TEST_CASE("Order 2 on a periodic interval, where a condition at a point fixes a constant") {
  require_second_order(
      on_the_box("x",
                 equation_of("u_xx + 4*pi**2*sin(2*pi*x)") +
                     "[[condition]]\npoints = [[0.25]]\nresidual = \"u - 1\"\n" + exact_is("sin(2*pi*x)"),
                 "periodic = [\"x\"]\n"),
      32);
}

TEST_CASE("A condition between nodes, and one inside the domain") {
  require_second_order(
      on_the_box("x", equation_of("u_x - cos(3*x)") +
                          "[[condition]]\npoints = [[0.503]]\nresidual = \"u - sin(1.509)/3\"\n" +
                          exact_is("sin(3*x)/3")),
      64, 0.5);
}

TEST_CASE("Exact enforcement gives the values where its factor vanishes") {
  const Communicator comm(MPI_COMM_SELF);
  const auto model = model_of(on_the_box("x", equation_of("u_xx") + exact_is("1 + 2*x")) +
                              "[exact_enforcement]\nu = { lift = \"1 + 2*x**2\", factor = \"x*(1 - x)\" }\n");
  REQUIRE(exact_errors(model, solve_on_grid(comm, model, {8}))[0].largest < 1e-12);
}

TEST_CASE("Conditions on a hole: the error falls") {
  const Communicator comm(MPI_COMM_SELF);
  const auto text =
      on_the_box("xy",
                 equation_of("u_xx + u_yy") + condition_on("\"boundary\"", "u - exp(x)*cos(y)") +
                     exact_is("exp(x)*cos(y)"),
                 "[[domain.remove]]\nname = \"hole\"\nball = { center = [0.45, 0.55], radius = "
                 "0.2 }\n");
  const auto model = model_of(text);
  const auto coarse = exact_errors(model, solve_on_grid(comm, model, {16}))[0];
  const auto fine = exact_errors(model, solve_on_grid(comm, model, {64}))[0];
  REQUIRE(fine.relative() < coarse.relative() / 6);
  REQUIRE(fine.largest < 1e-3);
}

TEST_CASE("A flux on a hole: the error falls") {
  const Communicator comm(MPI_COMM_SELF);
  const auto text =
      on_the_box("xy",
                 equation_of("u_xx + u_yy") +
                     condition_on("\"x.lower\", \"x.upper\", \"y.lower\", \"y.upper\"", "u - exp(x)*cos(y)") +
                     condition_on("\"hole\"", "n_x*(u_x - exp(x)*cos(y)) + n_y*(u_y + exp(x)*sin(y))") +
                     exact_is("exp(x)*cos(y)"),
                 "[[domain.remove]]\nname = \"hole\"\nball = { center = [0.45, 0.55], radius = "
                 "0.2 }\n");
  const auto model = model_of(text);
  const auto coarse = exact_errors(model, solve_on_grid(comm, model, {16}))[0];
  const auto fine = exact_errors(model, solve_on_grid(comm, model, {64}))[0];
  REQUIRE(fine.relative() < coarse.relative() / 4);
  REQUIRE(fine.largest < 1e-2);
}

TEST_CASE("Order 2 in the velocity and 1.5 or more in the pressure of Stokes flow through a square") {
  // The curl of sin(2x + y)/2, with flow through all sides: there is a force for any pressure.
  const Communicator comm(MPI_COMM_SELF);
  const std::string text =
      "fields = [\"u\", \"v\", \"p\"]\n" +
      on_the_box("xy", equation_of("-0.1*(u_xx + u_yy) + p_x - 0.25*cos(2*x + y) - exp(x)*cos(y)") +
                           equation_of("-0.1*(v_xx + v_yy) + p_y + 0.5*cos(2*x + y) + exp(x)*sin(y)") +
                           equation_of("u_x + v_y") + condition_on("\"boundary\"", "u - 0.5*cos(2*x + y)") +
                           condition_on("\"boundary\"", "v + cos(2*x + y)") +
                           "[[condition]]\npoints = [[0, 1]]\nresidual = \"p - cos(1)\"\n" +
                           "[exact]\nu = \"0.5*cos(2*x + y)\"\nv = \"-cos(2*x + y)\"\np = "
                           "\"exp(x)*cos(y)\"\n");
  const auto order = orders(comm, text, 16);
  REQUIRE(std::abs(order[0] - 2) < 0.1);
  REQUIRE(std::abs(order[1] - 2) < 0.1);
  REQUIRE(order[2] > 1.5);
}

TEST_CASE(
    "Two materials on a line: exact for quadratic solutions, wherever the interface lies between nodes") {
  const Communicator comm(MPI_COMM_SELF);
  for (double at : {0.5, 0.53, 0.5625 - 1e-3}) {
    // k u'' = -1 with k = 1 and 10, u = 0 at both ends: x(c - x/2) and (1 - x)(d + x/2)/10... from the jump
    // conditions c and d.
    const double c = (0.5 + 9 * at * at / 2) / (1 + 9 * at);
    const auto exact = fmt::format("where(x < {0}, {1}*x - x**2/2, ((1 - x**2)/2 - {1}*(1 - x))/10)", at, c);
    const auto model = model_of(on_the_box(
        "x",
        "[definitions]\nk = \"where(left, 1, 10)\"\n" + equation_of("k*u_xx + 1") +
            condition_on("\"boundary\"", "u") + condition_on("\"left\"", "u_plus - u_minus") +
            condition_on("\"left\"", "n_x*(k_plus*u_x_plus - k_minus*u_x_minus)") + exact_is(exact),
        shape_of("interface", "left", fmt::format("box = {{ lower = [0], upper = [{}] }}", at))));
    REQUIRE(exact_errors(model, solve_on_grid(comm, model, {16}))[0].largest < 1e-10);
  }
}

TEST_CASE("About a disc of another material the error falls with order 1.5 or more") {
  // In the disc 2k/(1 + k) x, around it (1 + (1 - k)/(1 + k) ... ) x: a conductor of k = 10 in a uniform
  // flow.
  const std::string text =
      on_the_box("xy",
                 "[definitions]\nk = \"where(disc, 10, 1)\"\nX = \"x - 0.5\"\nY = \"y - 0.45\"\n"
                 "exact_u = \"where(disc, 2/11*X, X*(1 - 9/11*0.0625/(X**2 + Y**2)))\"\n" +
                     equation_of("k*(u_xx + u_yy)") + condition_on("\"boundary\"", "u - exact_u") +
                     condition_on("\"disc\"", "u_plus - u_minus") +
                     condition_on("\"disc\"",
                                  "n_x*(k_plus*u_x_plus - k_minus*u_x_minus) + n_y*(k_plus*u_y_plus "
                                  "- k_minus*u_y_minus)") +
                     exact_is("exact_u"),
                 shape_of("interface", "disc", "ball = { center = [0.5, 0.45], radius = 0.25 }"));
  const Communicator comm(MPI_COMM_SELF);
  const auto model = model_of(text);
  const auto coarse = exact_errors(model, solve_on_grid(comm, model, {16}))[0];
  const auto fine = exact_errors(model, solve_on_grid(comm, model, {64}))[0];
  INFO("errors " << coarse.relative() << ", " << fine.relative());
  REQUIRE(fine.relative() < coarse.relative() / 8);
  REQUIRE(fine.largest < 2e-3);
}

TEST_CASE("Four materials that meet in a point: the error falls") {
  const std::string text = on_the_box(
      "xy",
      "[definitions]\nk = \"where(right, where(top, 100, 1), where(top, 1, 100))\"\n"
      "flux = \"k*(u_x*n_x + u_y*n_y)\"\n" +
          equation_of("k*(u_xx + u_yy) + 8*pi**2*sin(2*pi*x)*sin(2*pi*y)") +
          condition_on("\"boundary\"", "u") + condition_on("\"right\", \"top\"", "u_plus - u_minus") +
          condition_on("\"right\", \"top\"", "flux_plus - flux_minus") +
          exact_is("sin(2*pi*x)*sin(2*pi*y)/k"),
      shape_of("interface", "right", "box = { lower = [0.5, 0], upper = [1, 1] }") +
          shape_of("interface", "top", "box = { lower = [0, 0.5], upper = [1, 1] }"));
  const Communicator comm(MPI_COMM_SELF);
  const auto model = model_of(text);
  const auto coarse = exact_errors(model, solve_on_grid(comm, model, {15}))[0];
  const auto fine = exact_errors(model, solve_on_grid(comm, model, {60}))[0];
  INFO("errors " << coarse.relative() << ", " << fine.relative());
  REQUIRE(fine.relative() < coarse.relative() / 9);
  REQUIRE(fine.relative() < 2e-2);
}

TEST_CASE("A pressure in time, fixed at a point for some instants: the errors fall") {
  const std::string u = "cos(x)*sin(y)*cos(t)", v = "-sin(x)*cos(y)*cos(t)";
  const std::string text =
      "fields = [\"u\", \"v\", \"p\"]\n" +
      on_the_box(
          "xyt",
          equation_of("u_t - (u_xx + u_yy) + p_x + cos(x)*sin(y)*(sin(t) - 2*cos(t)) - cos(x)*sin(t)") +
              equation_of("v_t - (v_xx + v_yy) + p_y - sin(x)*cos(y)*(sin(t) - 2*cos(t))") +
              equation_of("u_x + v_y") +
              condition_on("\"x.lower\", \"x.upper\", \"y.lower\", \"y.upper\", \"t.lower\"", "u - " + u) +
              condition_on("\"x.lower\", \"x.upper\", \"y.lower\", \"y.upper\", \"t.lower\"",
                           "v - (" + v + ")") +
              "[[condition]]\npoints = [[0, 0, 0], [0, 0, 1]]\nresidual = \"p\"\n" + "[exact]\nu = \"" + u +
              "\"\nv = \"" + v + "\"\np = \"sin(x)*sin(t)\"\n");
  const Communicator comm(MPI_COMM_SELF);
  const auto model = model_of(text);
  const auto coarse = exact_errors(model, solve_on_grid(comm, model, {6}));
  const auto fine = exact_errors(model, solve_on_grid(comm, model, {18}));
  for (std::size_t f = 0; f < 3; ++f) {
    INFO("field " << f << ": " << coarse[f].relative() << ", " << fine[f].relative());
    REQUIRE(fine[f].relative() < coarse[f].relative() / 3.5);
  }
  REQUIRE(fine[0].largest < 2e-4);
}
