// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/case/problem_case.hpp"
#include "problem/model.hpp"
#include "support/cases.hpp"
#include "support/catch.hpp"

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

CaseFile checked(const Problem& problem, const Options& options = {}) {
  return problem_case(problem, options, read_csv);
}

/// u_xx + u_yy = 0 with u = x on the boundary.
Problem laplace() {
  Problem problem;
  problem.domain.coordinates = {"x", "y"};
  problem.domain.lower = {0, 0};
  problem.domain.upper = {1, 1};
  problem.equations.push_back({.name = "laplace", .residual = {"u_xx + u_yy", {}}});
  problem.conditions.push_back({.name = "walls", .on = {"boundary"}, .residual = {"u - x", {}}});
  return problem;
}

Function sum_of(std::vector<std::string> arguments, bool affine) {
  return pointwise(
      std::move(arguments),
      [](std::span<const double> argument, std::span<double> derivative) {
        double sum = 0;
        for (std::size_t i = 0; i < argument.size(); ++i) sum += argument[i], derivative[i] = 1;
        return sum;
      },
      affine);
}

std::string error(const Problem& problem, const Options& options = {}) {
  return message_of([&] { checked(problem, options); });
}

}  // namespace

TEST_CASE("A problem in C++ is completed as the same one in a file is", "[problem]") {
  REQUIRE(resolved_case(checked(laplace())) == resolved_case(parse_case(R"toml([domain]
coordinates = ["x", "y"]
lower = [0, 0]
upper = [1, 1]
[[equation]]
name = "laplace"
residual = "u_xx + u_yy"
[[condition]]
name = "walls"
on = ["boundary"]
residual = "u - x"
)toml",
                                                                        "problem")));
  for (const auto& text : {small_case, small_poisson, tangled}) {
    const auto file = parse_case(text, "problem");
    REQUIRE(resolved_case(checked(file.problem, file.options)) == resolved_case(file));
  }
}

TEST_CASE("Messages on a problem in C++ name the place in it", "[problem]") {
  auto problem = laplace();
  problem.equations[0].residual.value = "u_xx + w_yy";
  problem.conditions[0].on = {"z.lower"};
  Options options;
  options.points.boundary = -1;
  const auto message = error(problem, options);
  REQUIRE(contains(message, "condition 'walls': there is no boundary \"z.lower\""));
  REQUIRE(contains(message, "points: 'points.boundary' is -1 (it must be"));
  REQUIRE(contains(message, "equation 'laplace': "));
  REQUIRE(contains(message, "\n  u_xx + w_yy\n         ^"));
}

TEST_CASE("A function is checked and completed with the names of its arguments", "[problem]") {
  auto problem = laplace();
  problem.equations[0].function = sum_of({"u_xx", "u_yy"}, true);
  const auto file = checked(problem);
  REQUIRE(file.options.points.interior == checked(laplace()).options.points.interior);
  const auto model = compile(file.problem);
  REQUIRE(model.affine);
  REQUIRE(model.order == 2);
  REQUIRE(model.groups[0].statements[0].residual.arguments().size() == 2);

  problem.equations[0].function = sum_of({"u_xx", "w"}, true);
  REQUIRE(contains(error(problem), "equation 'laplace': "));
  problem.equations[0].function = sum_of({"x"}, true);
  REQUIRE(contains(error(problem), "has no field in it"));
  problem.equations[0].function = sum_of({"u_xx", "u_yy"}, false);
  REQUIRE(!compile(checked(problem).problem).affine);
}

TEST_CASE("Observations in memory are the data of a problem", "[problem]") {
  auto problem = laplace();
  problem.unknowns.push_back({.name = "k", .initial = 1});
  problem.equations[0].residual.value = "k*u_xx + u_yy";
  problem.data.emplace_back();
  problem.data[0].points = {{0.5, 0.5}, {0.25, 1}};
  problem.data[0].observed = {{"u", {0.5, 0.25}}};
  const auto data = checked(problem).problem.data.at(0);
  REQUIRE(data.points == problem.data[0].points);
  REQUIRE(data.observed == problem.data[0].observed);

  problem.data[0].points[1] = {0.25, 1.5};
  REQUIRE(contains(error(problem), "data 1: point 2 is outside the domain"));
  problem.data[0].points.pop_back();
  REQUIRE(contains(error(problem), "data 1: there are 2 values of u (at 1 points)"));
}
