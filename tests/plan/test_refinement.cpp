// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "plan/refinement.hpp"

#include "plan/data_intervals.hpp"
#include "plan/plan.hpp"
#include "support/cases.hpp"
#include "support/catch.hpp"

#include <cmath>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

CaseFile with_accuracy(const std::string& text, std::vector<std::string> overrides = {}) {
  overrides.push_back("solver.accuracy=1e-6");
  return parse_case(text, "test.toml", overrides);
}

/// Squares of coefficients that fall by this factor from degree to degree.
std::vector<double> falling(double factor, int count) {
  std::vector<double> result;
  for (int k = 0; k < count; ++k) result.push_back(std::pow(factor, -2 * k));
  return result;
}

/// Of one interval in each of two directions.
Resolution of_square(const std::vector<double>& x, const std::vector<double>& y) {
  Resolution result;
  result.modes = {{x}, {y}};
  result.totals = x;
  return result;
}

/// A heat equation, or a nonlinear one of the same kind.
std::string in_time(const std::string& source) {
  return R"toml([domain]
coordinates = ["x", "t"]
lower = [0, 0]
upper = [1, 1]
[[equation]]
residual = "u_t - u_xx + )toml" +
         source + R"toml("
[[condition]]
on = ["t.lower"]
residual = "u - sin(pi*x)"
[[condition]]
on = ["x.lower", "x.upper"]
residual = "u"
)toml";
}

}  // namespace

TEST_CASE("The degree that is needed follows from how fast coefficients fall", "[refinement]") {
  REQUIRE(needed_degree(falling(10, 9), 1e-3) == Approx(3).margin(1));
  REQUIRE(needed_degree(falling(10, 9), 1e-12) == Approx(12).margin(1.5));
  REQUIRE(needed_degree(falling(2, 9), 1e-6) == Approx(20).margin(2));
  REQUIRE(std::isinf(needed_degree(falling(1, 9), 1e-3)));
}

TEST_CASE("Degrees rise where coefficients fall, intervals are cut where they do not", "[refinement]") {
  const auto file = with_accuracy(small_case);
  const Refinement refinement(file);
  const auto first = refinement.first();
  REQUIRE(first.ends[0].size() == 3);
  REQUIRE(first.degree == std::vector<int>{8, 8});
  Resolution found = of_square(falling(10, 9), falling(1, 9));
  for (auto& direction : found.modes) direction.push_back(direction.front());
  const auto next = refinement.next(first, found, 1e-10);
  REQUIRE(next.ends[0] == first.ends[0]);
  REQUIRE(next.ends[1].size() == 5);
  REQUIRE(next.degree[0] > first.degree[0]);
  found.modes[1] = {falling(10, 9), falling(1, 9)};
  REQUIRE(refinement.next(first, found, 1e-10).ends[1].size() == 4);  // one of the two
  const auto after = refinement.after_failure(first);
  REQUIRE(after.ends[0].size() == 5);
  REQUIRE(after.ends[1].size() == 5);
  REQUIRE(refinement.work(next) > refinement.work(first));
}

TEST_CASE("Intervals are cut, and neighbours of short ones too", "[refinement]") {
  REQUIRE(divided({0, 1, 3}, {1, 2}) == std::vector<double>{0, 1, 2, 3});
  REQUIRE(graded({0, 8, 9}) == std::vector<double>{0, 4, 6, 8, 9});
  REQUIRE(graded({0, 1, 4, 5}) == std::vector<double>{0, 1, 4, 5});
}

TEST_CASE("A first level sees the sources and the values of conditions", "[refinement]") {
  const auto wave = parse_case(
      "[domain]\ncoordinates = [\"x\", \"y\"]\nlower = [0, 0]\nupper = [1, 1]\n"
      "[[equation]]\nresidual = \"u_xx + u_yy - sin(40*pi*x)\"\n"
      "[[condition]]\non = [\"boundary\"]\nresidual = \"u - sin(10*pi*y)\"\n",
      "test.toml");
  const auto found = data_intervals(wave, 5);
  REQUIRE(found[0] >= 16);
  REQUIRE(found[1] >= 4);
  REQUIRE(found[1] < found[0]);
  REQUIRE(data_intervals(parse_case(small_case, "test.toml"), 5) == std::vector<int>{1, 1});
  const auto lifted = parse_case(
      small_case + "[exact_enforcement]\nu = { lift = \"sin(40*pi*y)\", factor = \"x\" }\n", "test.toml");
  REQUIRE(data_intervals(lifted, 5)[1] >= 16);
}

TEST_CASE("Nonlinear problems in time are solved in slabs, where they can be", "[refinement]") {
  const auto time = [](const std::string& text, const std::vector<std::string>& overrides = {}) {
    return Refinement(with_accuracy(text, overrides)).first().time;
  };
  REQUIRE(time(in_time("u**3")) == 1);
  REQUIRE(time(in_time("0")) == -1);
  REQUIRE(time(in_time("u**3"), {"time.slabs=3"}) == -1);
  REQUIRE(time(in_time("u**3") + "[[condition]]\non = [\"t.upper\"]\nresidual = \"u_t\"\n") == -1);
  REQUIRE(time(in_time("u**3") + "[exact_enforcement]\nu = { lift = \"1\", factor = \"t\" }\n") == -1);
}

TEST_CASE("What a case gives itself stays as it is", "[refinement]") {
  const auto chosen = [](const std::vector<std::string>& overrides) {
    const auto file = with_accuracy(small_case, overrides);
    const Refinement refinement(file);
    return refinement.at(refinement.after_failure(refinement.first())).options;
  };
  REQUIRE(chosen({}).network.hidden == std::vector<int>{0});
  REQUIRE(chosen({}).points.interior[0] > chosen({}).network.polynomial_degree[0]);
  REQUIRE(chosen({}).solver.krylov.preconditioner == PreconditionerType::direct);
  REQUIRE(chosen({"network.hidden=[20]"}).network.hidden == std::vector<int>{20});
  REQUIRE(chosen({"network.seed=5"}).network.hidden == std::vector<int>{100});
  REQUIRE(chosen({"decomposition.subdomains=[3, 5]"}).decomposition.subdomains == std::vector<int>{3, 5});
  REQUIRE(chosen({"points.interior=20"}).points.interior == std::vector<int>{20, 20});
  REQUIRE(chosen({"points.boundary=21"}).points.boundary == 21);
  REQUIRE(chosen({"solver.krylov.preconditioner=block"}).solver.krylov.preconditioner ==
          PreconditionerType::block);
  const OpenNumerics none(with_accuracy(small_case, {"network.hidden=[9]", "decomposition.subdomains=2"}));
  REQUIRE_FALSE(none.any());
}

TEST_CASE("What was chosen is an ordinary case that leaves nothing open", "[refinement]") {
  const auto file = with_accuracy(in_time("u**3"));
  const Refinement refinement(file);
  auto numerics = refinement.first();
  numerics.ends = {{0, 0.1, 0.4, 1}, {0, 0.5, 1}};
  numerics.degree = {9, 7};
  const auto chosen = refinement.at(numerics);
  const auto again = parse_case(resolved_case(chosen), "resolved.toml");
  REQUIRE(again.options.decomposition.breakpoints.at("x") == numerics.ends[0]);
  REQUIRE(again.options.time.slabs == 2);
  REQUIRE(again.options.network.polynomial_degree == numerics.degree);
  REQUIRE(again.options.points.interior == chosen.options.points.interior);
  REQUIRE_FALSE(OpenNumerics(again).any());
}

TEST_CASE("The plan is that of the first level", "[refinement]") {
  const auto file = with_accuracy(small_case);
  const auto text = plan(first_level(file), 1);
  REQUIRE(text.find("accuracy               1e-06; what follows is for the first level") !=
          std::string::npos);
  REQUIRE(text.find("2 x 2") != std::string::npos);
  REQUIRE(predicted_memory(first_level(file), 2) > 2e8);
}
