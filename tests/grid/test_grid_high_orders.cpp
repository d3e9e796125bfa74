// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// Differences of high order converge with that order to solutions that are known, time included.
#include "grid/grid_cases.hpp"
#include "support/catch.hpp"

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

void require_order(int order, const std::string& text, int n, double most_below) {
  const Communicator comm(MPI_COMM_SELF);
  for (double found : orders(comm, text, n, order)) {
    INFO("order " << found << " for " << order);
    REQUIRE(found > order - most_below);
  }
}

}  // namespace

TEST_CASE("Orders 4, 6 and 8 on a line, with Dirichlet and Robin conditions and variable coefficients") {
  const auto text =
      on_the_box("x", equation_of("(1 + x)*u_xx + u_x - 25*u - (9*(1 + x) - 25)*exp(3*x) - 3*exp(3*x)") +
                          condition_on("\"x.lower\"", "u - 1") +
                          condition_on("\"x.upper\"", "n_x*u_x + 2*u - 5*exp(3)") + exact_is("exp(3*x)"));
  require_order(4, text, 16, 0.5);
  require_order(6, text, 16, 0.5);
  require_order(8, text, 12, 1);
}

TEST_CASE("Order 6 on a square, with conditions of every kind and a mixed derivative") {
  require_order(
      6,
      on_the_box("xy", equation_of("2*u_xx + u_yy + u_xy + exp(x)*(2*cos(2*y) + 2*sin(2*y))") +
                           condition_on("\"x.lower\"", "u - cos(2*y)") +
                           condition_on("\"x.upper\", \"y.lower\"",
                                        "n_x*(u_x - exp(x)*cos(2*y)) + n_y*(u_y + 2*exp(x)*sin(2*y))") +
                           condition_on("\"y.upper\"", "n_y*u_y + u - exp(x)*(cos(2*y) - 2*sin(2*y))") +
                           exact_is("exp(x)*cos(2*y)")),
      10, 1);
}

TEST_CASE("Order 6 on a periodic interval") {
  require_order(
      6,
      on_the_box("x", equation_of("u_xx - u + (16*pi**2 + 1)*sin(4*pi*x)") + exact_is("sin(4*pi*x)"),
                 "periodic = [\"x\"]\n"),
      24, 0.3);
}

TEST_CASE("Order 6 in time, for equations of first and second order") {
  require_order(
      6,
      on_the_box("xt", equation_of("u_t - u_xx - cos(x)*(4*cos(4*t) + sin(4*t))") +
                           condition_on("\"t.lower\"", "u") + condition_on("\"x.lower\"", "u_x") +
                           condition_on("\"x.upper\"", "u - cos(1)*sin(4*t)") + exact_is("cos(x)*sin(4*t)")),
      16, 0.7);
  require_order(
      6,
      on_the_box("tx",
                 equation_of("u_tt - u_xx") + condition_on("\"t.lower\"", "u - sin(2*pi*x)") +
                     condition_on("\"t.lower\"", "u_t - 2*pi*cos(2*pi*x)") + exact_is("sin(2*pi*(x + t))"),
                 "periodic = [\"x\"]\n"),
      20, 1);
}

TEST_CASE("Order 6 over many periods of an oscillator: what oscillates from node to node does not grow") {
  require_order(6,
                on_the_box("t", equation_of("u_tt + 3600*u") + condition_on("\"t.lower\"", "u - 1") +
                                    condition_on("\"t.lower\"", "u_t") + exact_is("cos(60*t)")),
                200, 1);
}

TEST_CASE("Order 6 for Burgers' equation, from the solution by marching") {
  const std::string wave = "1 - tanh(2*(x - t))";
  require_order(
      6,
      on_the_box("xt", equation_of("u_t + u*u_x - 0.25*u_xx") +
                           condition_on("\"t.lower\", \"x.lower\", \"x.upper\"", "u - (" + wave + ")") +
                           exact_is(wave)),
      16, 1);
}

TEST_CASE("Order 6 for an equation of fourth order: a second condition on a face stands one node inward") {
  require_order(
      6,
      on_the_box("x", equation_of("u_xxxx - 1296*exp(6*x)") + condition_on("\"boundary\"", "u - exp(6*x)") +
                          condition_on("\"boundary\"", "u_x - 6*exp(6*x)") + exact_is("exp(6*x)")),
      24, 1);
}
