// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/nonlinear/rounding.hpp"

#include "parallel/square_sum.hpp"
#include "support/cases.hpp"
#include "support/catch.hpp"
#include "support/solve_case.hpp"

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

/// A nonlinear equation whose solution c x (1 - x) is among the polynomials of every network.
std::string parabola(const std::string& c) {
  const auto u = c + "*x*(1 - x)";
  return on_the_line(equation("u_xx + u**2 - (" + u + ")**2 + 2*" + c) + condition("\"boundary\"", "u"), u);
}

/// So small that no step is ever below it.
const std::vector<std::string> unreachable = {"solver.tolerance=1e-300", "solver.max_iterations=60",
                                              "network.hidden=[0]", "network.polynomial_degree=4"};

/// The fields of the rows, all of them (values, derivatives) times a number.
std::vector<FieldValues> scaled(std::vector<FieldValues> fields, double factor) {
  for (auto& group : fields)
    for (auto& column : group)
      for (auto& value : column) value *= factor;
  return fields;
}

}  // namespace

TEST_CASE("Rows that are met to rounding count as converged, whatever the tolerance", "[rounding]") {
  for (const auto* size : {"1", "1e-6", "10"}) {
    const SolvedCase solved(parabola(size), MPI_COMM_SELF, unreachable);
    INFO(size << ": " << solved.solution.stop_reason);
    REQUIRE(solved.solution.converged);
    REQUIRE(solved.solution.stop_reason == "the rows are met to rounding");
    REQUIRE(solved.error() < 1e-9 * std::stod(size));
  }
}

TEST_CASE("Rows are met to rounding at the solution, and no longer next to it", "[rounding]") {
  const SolvedCase solved(parabola("1"), MPI_COMM_SELF, unreachable);
  const auto ratio = [&](double factor) {
    const auto fields = scaled(solved.solution.fields, factor);
    return square_sum(solved.comm, solved.discretisation.residual(fields)) /
           rounding_objective(solved.comm, solved.discretisation, fields);
  };
  REQUIRE(ratio(1) <= 1);
  REQUIRE(ratio(1 + 1e-10) > 1);
  REQUIRE(ratio(0.5) > 1);
}

TEST_CASE("Rows that no field can meet are not taken for rounding", "[rounding]") {
  const auto contradiction = on_the_line(
      equation("u_xx + u**2") + condition("\"x.lower\"", "u") + condition("\"x.lower\"", "u - 1"), "0");
  const SolvedCase solved(contradiction, MPI_COMM_SELF, unreachable);
  REQUIRE(solved.solution.stop_reason != "the rows are met to rounding");
  REQUIRE(solved.solution.residual > 1e-2);
}
