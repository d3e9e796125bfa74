// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "run/time_part.hpp"
#include "solver/identification/identification.hpp"
#include "solver/nonlinear/fitted_solution.hpp"
#include "support/cases.hpp"
#include "support/catch.hpp"
#include "support/solve_case.hpp"

#include <algorithm>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

const std::string burgers = R"toml([domain]
coordinates = ["x", "t"]
lower = [-1, 0]
upper = [1, 0.4]
[[equation]]
residual = "u_t + u*u_x - 0.1*u_xx"
[[condition]]
on = ["t.lower"]
residual = "u + sin(pi*x)"
[[condition]]
on = ["x.lower", "x.upper"]
residual = "u"
[decomposition]
subdomains = [4, 1]
[points]
interior = 12
boundary = 12
[network]
hidden = [40]
scale = 0.7
[solver.krylov]
preconditioner = "direct"
[time]
slabs = 2
[coarse]
grid = [64, 16]
)toml";

const std::string in_space = R"toml([domain]
coordinates = ["x", "y", "z"]
lower = [0, 0, 0]
upper = [1, 1, 1]
[[equation]]
residual = "u_xx + u_yy + u_zz"
[[condition]]
on = ["boundary"]
residual = "u - exp(0.5*(x - y + z))"
[exact]
u = "exp(0.5*(x - y + z))"
[decomposition]
subdomains = [3, 1, 1]
[network]
hidden = [0]
)toml";

}  // namespace

TEST_CASE("Networks fitted to given fields are about these fields") {
  CaseWithSolution c(small_poisson, MPI_COMM_WORLD);
  c.solution = fitted_solution(c.discretisation, [&](const std::vector<Point>& points) {
    return FieldValues{c.space.model().exact[0]->at(points)};
  });
  REQUIRE(c.error() < 1e-2);
  const auto by_coefficients = c.fields(c.solution.field);
  REQUIRE(by_coefficients == c.solution.fields);
}

TEST_CASE("Fits in space determine polynomials of every degree") {
  const auto degree = GENERATE(2, 4, 5, 6, 9);
  CaseWithSolution c(in_space, MPI_COMM_WORLD,
                     {"network.polynomial_degree=" + std::to_string(degree),
                      "points.interior=" + std::to_string(degree + 1)});
  c.solution = fitted_solution(c.discretisation, [&](const std::vector<Point>& points) {
    return FieldValues{c.space.model().exact[0]->at(points)};
  });
  INFO(degree);
  REQUIRE(c.error() < std::max(1e-5, 2 * std::pow(0.25, degree)));
}

TEST_CASE("One step from the grid's solution does what takes several from zero") {
  const std::vector<std::string> options{"solver.krylov.preconditioner=\"direct\"",
                                         "solver.max_iterations=1"};
  SmallCase c(bratu, MPI_COMM_WORLD, options);
  auto start = grid_solution(c.discretisation, {64}, {});
  REQUIRE(start);
  const SolvedCase from_zero(bratu, MPI_COMM_WORLD, options),
      from_grid(bratu, MPI_COMM_WORLD, options, {std::move(start)});
  REQUIRE(from_zero.error() > 1e-5);
  REQUIRE(from_grid.error() < 1e-7);
}

TEST_CASE("Without a solution on the grid there is a warning, and no start") {
  const SmallCase no_solution(on_the_line(equation("u_xx + 20*exp(u)") + condition("\"boundary\"", "u"), "0"),
                              MPI_COMM_WORLD);
  REQUIRE_FALSE(grid_solution(no_solution.discretisation, {32}, {}));
  const SmallCase not_finite(
      on_the_line(equation("u_xx + u*log(u - x)") + condition("\"boundary\"", "u"), "0"), MPI_COMM_WORLD);
  REQUIRE_FALSE(grid_solution(not_finite.discretisation, {32}, {}));
}

TEST_CASE("In a later time slab the grid continues what the slab before has ended with") {
  const auto file = parse_case(burgers, "test.toml");
  const Communicator comm(MPI_COMM_WORLD);
  TimePart first(file, 0, comm), second(file, 1, comm);
  first.discretise(first.space().family(), nullptr);
  first.keep(solve_output_layers(comm, first.discretisation(), file.options.solver, Quiet().monitor).field);
  second.discretise(second.space().family(), &first);
  auto& discretisation = second.discretisation();
  discretisation.set_weights(discretisation.lift());
  const auto residual = [&](const Solution& solution) {
    double local = 0;
    for (double r : discretisation.residual(solution.fields)) local += r * r;
    return std::sqrt(sum(comm, local));
  };
  const auto grid = grid_solution(discretisation, file.options.coarse, second.traces_of(&first));
  REQUIRE(grid);
  const auto constant = fitted_solution(discretisation, second.end_of(first));
  REQUIRE(residual(constant) < 0.5 * residual(zero_solution(discretisation)));
  REQUIRE(residual(*grid) < 0.3 * residual(constant));
}
