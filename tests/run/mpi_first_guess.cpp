// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// Nonlinear solves whose statements are not finite, or flat, at zero start from fields that the program
// makes.
#include "problem/case/case_file.hpp"
#include "support/catch.hpp"

#include <ddpinn/solve.hpp>

using namespace ddpinn;

namespace {

std::string line(double lower, const std::string& statements, const std::string& exact) {
  return "[domain]\ncoordinates = [\"x\"]\nlower = [" + std::to_string(lower) + "]\nupper = [1]\n" +
         statements + "[exact]\nu = \"" + exact +
         "\"\n[decomposition]\nsubdomains = [2]\n[network]\nhidden = [0]\npolynomial_degree = 10\n";
}

std::string equation(const std::string& residual) {
  return "[[equation]]\nresidual = \"" + residual + "\"\n";
}

std::string condition(const std::string& on, const std::string& residual) {
  return "[[condition]]\non = [\"" + on + "\"]\nresidual = \"" + residual + "\"\n";
}

double error(const std::string& text, const std::vector<std::string>& overrides = {}) {
  auto solved = solve(parse_case(text, "test.toml", overrides), MPI_COMM_WORLD);
  REQUIRE(solved.result.finished);
  judge(solved);
  return solved.result.errors.at(0).l2_relative;
}

}  // namespace

TEST_CASE("Fields that may not be zero start from what the conditions say") {
  const auto ends = condition("boundary", "u - exp(x)");
  REQUIRE(error(line(0, equation("u_xx - u + log(u) - x") + ends, "exp(x)")) < 1e-8);
  REQUIRE(error(line(0, equation("u_xx - exp(x)*exp(1/u - exp(-x))") + ends, "exp(x)")) < 1e-8);
  REQUIRE(error(line(0, equation("sqrt(u)*u_x - exp(1.5*x)") + condition("x.lower", "u - 1"), "exp(x)")) <
          1e-8);
}

TEST_CASE("So do grids") {
  const auto text =
      line(0, equation("u_xx - u + log(u) - x") + condition("boundary", "u - exp(x)"), "exp(x)");
  const auto file = parse_case(text, "test.toml", {"coarse.grid=[40]", "solver.max_iterations=1"});
  auto solved = solve(file, MPI_COMM_WORLD);  // one step from where the grid has come to
  judge(solved);
  REQUIRE(solved.result.errors.at(0).l2_relative < 1e-7);
}

TEST_CASE("Features whose scale is chosen by trials start there too") {
  REQUIRE(error(line(0, equation("u_xx - u + log(u) - x") + condition("boundary", "u - exp(x)"), "exp(x)"),
                {"network.hidden=[20]", "network.polynomial_degree=2"}) < 1e-6);
}

TEST_CASE("Equations that are flat at zero start from fields that are not") {
  REQUIRE(error(line(
              0, equation("u**3*u_xx + 3*u**2*u_x**2 - 3*(1 + x)**2") + condition("boundary", "u - (1 + x)"),
              "1 + x")) < 1e-8);
  REQUIRE(error(line(0.3, equation("u_x**2 - 1") + condition("x.lower", "u"), "x - 0.3")) < 1e-8);
}

TEST_CASE("The distance from a disc follows from its slope and its zero") {
  const std::string disc = R"toml([domain]
coordinates = ["x", "y"]
lower = [-1, -1]
upper = [1, 1]
[[domain.remove]]
name = "disc"
ball = { center = [0, 0], radius = 0.3 }
[[equation]]
residual = "u_x**2 + u_y**2 - 1"
[[condition]]
on = ["disc"]
residual = "u"
[exact]
u = "sqrt(x**2 + y**2) - 0.3"
[decomposition]
subdomains = [3, 3]
[network]
hidden = [0]
polynomial_degree = 8
[points]
interior = 10
boundary = 10
)toml";
  REQUIRE(error(disc) < 1e-3);
}
