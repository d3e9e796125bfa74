// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "parallel/communicator.hpp"
#include "problem/case/case_file.hpp"
#include "support/catch.hpp"

#include <ddpinn/solve.hpp>

#include <fmt/format.h>
#include <algorithm>
#include <cmath>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

/// A case in units of its own: P and Q are those of its fields, L that of x, E and F multiply statements.
struct Scaled {
  std::string text;
  std::vector<std::string> fields;  ///< in units of P and Q
};

const char* const unit_parameters = R"toml(
[parameters]
P = 1
Q = 1
L = 1
E = 1
F = 1
)toml";

/// A temperature that strains: two fields of the second order, linear.
Scaled thermoelastic(const std::string& numerics) {
  return {"fields = [\"T\", \"u\"]\n" + std::string(unit_parameters) + R"toml(
[domain]
coordinates = ["x", "y"]
lower = [0, 0]
upper = [1, 1]
[[equation]]
residual = "E*((T_xx*L**2 + T_yy)/P + 13*sin(2*x/L)*cos(3*y))"
[[equation]]
residual = "F*((u_xx*L**2 + u_yy)/Q + 5*cos(x/L + 2*y) + T_x*L/P)"
[[condition]]
on = ["boundary"]
residual = "T - P*sin(2*x/L)*cos(3*y)"
[[condition]]
on = ["boundary"]
residual = "E*(u/Q - y)"
[points]
interior = 8
boundary = 8
)toml" + numerics,
          {"T/P", "u/Q"}};
}

/// A temperature on which a reaction depends, nonlinear and in time.
Scaled reaction(const std::string& numerics) {
  return {"fields = [\"T\", \"c\"]\n" + std::string(unit_parameters) + R"toml(
[domain]
coordinates = ["x", "t"]
lower = [0, 0]
upper = [1, 0.5]
[[equation]]
residual = "E*(T_t/P - 0.1*T_xx*L**2/P - 0.6*exp(-0.3*t)*sin(3*x/L))"
[[equation]]
residual = "F*(c_t/Q + c**2/Q**2 - T/P)"
[[condition]]
on = ["boundary"]
residual = "T - P*exp(-0.3*t)*sin(3*x/L)"
[[condition]]
on = ["t.lower"]
residual = "T/P - sin(3*x/L)"
[[condition]]
on = ["t.lower"]
residual = "E*(c/Q - cos(2*x/L))"
[points]
interior = 8
boundary = 8
)toml" + numerics,
          {"T/P", "c/Q"}};
}

/// Creeping flow: the pressure has a unit of its own and one condition.
Scaled stokes(const std::string& numerics) {
  return {"fields = [\"u\", \"v\", \"p\"]\n" + std::string(unit_parameters) + R"toml(
[domain]
coordinates = ["x", "y"]
lower = [0, 0]
upper = [1, 1]
[[equation]]
residual = "E*(-0.1*(u_xx*L**2 + u_yy)/P + p_x*L/Q - 3*cos(3*y))"
[[equation]]
residual = "-0.1*(v_xx*L**2 + v_yy)/P + p_y/Q + sin(x/L)"
[[equation]]
residual = "F*(u_x*L + v_y)"
[[condition]]
on = ["boundary"]
residual = "u - P*sin(x/L)*cos(y)"
[[condition]]
on = ["boundary"]
residual = "E*(v + P*cos(x/L)*sin(y))"
[[condition]]
points = [[0, 0]]
residual = "p - Q"
[points]
interior = 8
boundary = 8
)toml" + numerics,
          {"u/P", "v/P", "p/Q"}};
}

/// Fields in their units at a few points, with a parameter of 10^k.
std::vector<std::vector<double>> solved(const Scaled& scaled, const std::string& parameter, int k) {
  const double length = parameter == "L" ? std::pow(10, k) : 1;
  const auto file =
      parse_case(scaled.text, "scaled.toml",
                 {fmt::format("parameters.{}=1e{}", parameter, k),
                  fmt::format("domain.upper=[{:e},{}]", length, scaled.fields[1] == "c/Q" ? 0.5 : 1)});
  const auto solution = solve(file, MPI_COMM_WORLD);
  INFO(solution.result.stop_reason);
  REQUIRE(solution.result.converged);
  std::vector<std::vector<double>> points;
  for (double x : {0.1, 0.35, 0.52, 0.9})
    for (double y : {0.03, 0.22, 0.41}) points.push_back({x * length, y});
  return solution.fields.evaluate(points, scaled.fields);
}

double largest_difference(const std::vector<std::vector<double>>& a,
                          const std::vector<std::vector<double>>& b) {
  double result = 0;
  for (std::size_t f = 0; f < a.size(); ++f)
    for (std::size_t i = 0; i < a[f].size(); ++i) result = std::max(result, std::abs(a[f][i] - b[f][i]));
  return max(Communicator(MPI_COMM_WORLD), result);
}

void require_that_units_do_not_matter(const Scaled& scaled, double tolerance) {
  const auto one = solved(scaled, "P", 0);
  const std::vector<std::pair<std::string, int>> units{{"P", -12}, {"P", 9},  {"Q", 12}, {"L", -12},
                                                       {"L", 7},   {"E", 12}, {"F", -12}};
  for (const auto& [parameter, k] : units) {
    const double difference = largest_difference(solved(scaled, parameter, k), one);
    INFO(parameter << " = 1e" << k << ": " << difference);
    REQUIRE(difference < tolerance);
  }
}

std::string polynomials(int degree, const std::string& more) {
  return fmt::format(
             "[network]\nhidden = [0]\npolynomial_degree = {}\n[decomposition]\nsubdomains = [2, 2]\n",
             degree) +
         more;
}

}  // namespace

TEST_CASE("Units of fields, coordinates and statements change nothing: windowed, linear", "[scales]") {
  require_that_units_do_not_matter(
      thermoelastic(polynomials(5, "[solver.krylov]\npreconditioner = \"two-level\"\n")), 1e-8);
}

TEST_CASE("Units change nothing: interface coupling", "[scales]") {
  require_that_units_do_not_matter(thermoelastic(polynomials(7, "coupling = \"interface\"\n")), 1e-8);
}

TEST_CASE("Units change nothing: flow with a pressure", "[scales]") {
  require_that_units_do_not_matter(stokes(polynomials(7, "")), 1e-8);
}

TEST_CASE("Units change nothing: nonlinear, in time slabs, with random features", "[scales]") {
  require_that_units_do_not_matter(
      reaction("[network]\nhidden = [25]\n[decomposition]\nsubdomains = [2, 1]\n[time]\nslabs = 2\n"), 1e-6);
}

TEST_CASE("Units change nothing: trained networks", "[scales]") {
  require_that_units_do_not_matter(
      reaction("[network]\nhidden = [6]\nscale = 1\n[solver]\nmethod = \"gauss-newton\"\n"
               "max_iterations = 3\n[solver.krylov]\npreconditioner = \"direct\"\n"),
      1e-5);
}

TEST_CASE("Problems of different sizes in one file are as accurate as alone", "[scales]") {
  const auto file = parse_case(R"toml(
fields = ["a", "b"]
[domain]
coordinates = ["t"]
lower = [0]
upper = [5]
[[equation]]
residual = "a_t + a"
[[equation]]
residual = "b_t + b"
[[condition]]
on = ["t.lower"]
residual = "a - 1e6"
[[condition]]
on = ["t.lower"]
residual = "b - 1e-6"
[exact]
a = "1e6*exp(-t)"
b = "1e-6*exp(-t)"
)toml",
                               "decays.toml");
  auto solution = solve(file, MPI_COMM_WORLD);
  judge(solution);
  for (const auto& error : solution.result.errors) REQUIRE(error.l2_relative < 1e-9);
}

TEST_CASE("A small field's conditions that contradict each other are not met beside a large one",
          "[scales]") {
  const auto file = parse_case(R"toml(
fields = ["T", "u"]
[domain]
coordinates = ["x"]
lower = [0]
upper = [1]
[[equation]]
residual = "T_xx + 100*sin(9*x)"
[[equation]]
residual = "u_xx - 1e-5*T_x"
[[condition]]
on = ["boundary"]
residual = "T - 300"
[[condition]]
on = ["boundary"]
residual = "u"
[[condition]]
name = "raised"
on = ["x.lower"]
residual = "u - 1e-5"
)toml",
                               "contradiction.toml");
  const auto solution = solve(file, MPI_COMM_WORLD);
  REQUIRE(std::ranges::any_of(solution.warnings, [](const std::string& warning) {
    return warning.find("'raised' is not met") != std::string::npos;
  }));
}

TEST_CASE("What varies little about a large value keeps its digits", "[scales]") {
  const Communicator comm(MPI_COMM_WORLD);
  const auto text = R"toml(
fields = ["p", "u"]
[domain]
coordinates = ["x", "y"]
lower = [0, 0]
upper = [1, 1]
[[equation]]
residual = "p_xx + p_yy + 13*sin(2*x)*cos(3*y)"
[[equation]]
residual = "u_xx + u_yy + p_x"
[[condition]]
on = ["boundary"]
residual = "p - (offset + sin(2*x)*cos(3*y))"
[[condition]]
on = ["boundary"]
residual = "u"
[network]
hidden = [0]
polynomial_degree = 8
[decomposition]
subdomains = [2, 2]
[points]
interior = 10
boundary = 10
[solver.krylov]
preconditioner = "two-level"
[parameters]
offset = 0
)toml";
  const std::vector<std::vector<double>> points{{0.2, 0.7}, {0.5, 0.5}, {0.9, 0.1}};
  const auto at = [&](const std::string& offset) {
    const auto file = parse_case(text, "offset.toml", {"parameters.offset=" + offset});
    return solve(file, MPI_COMM_WORLD).fields.evaluate(points, {"p - offset", "u"});
  };
  REQUIRE(largest_difference(at("1e5"), at("0")) < 1e-8);
}

TEST_CASE("Lengths of 1e100 and values of 1e-100 are solved for", "[scales]") {
  const auto file = parse_case(R"toml(
[domain]
coordinates = ["x", "y"]
lower = [0, 0]
upper = [1e100, 1e100]
[[equation]]
residual = "u_xx + u_yy + 2*S*pi**2*1e-200*sin(pi*x*1e-100)*sin(pi*y*1e-100)"
[[condition]]
on = ["boundary"]
residual = "u"
[exact]
u = "S*sin(pi*x*1e-100)*sin(pi*y*1e-100)"
[parameters]
S = 1
[network]
hidden = [0]
polynomial_degree = 8
[decomposition]
subdomains = [2, 2]
[points]
interior = 10
[output]
grid = 9
)toml",
                               "lengths.toml");
  auto solution = solve(file, MPI_COMM_WORLD);
  judge(solution);
  REQUIRE(solution.result.errors.at(0).l2_relative < 1e-5);
}
