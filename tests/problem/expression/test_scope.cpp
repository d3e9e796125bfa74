// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/expression/scope.hpp"
#include "problem/expression_support.hpp"
#include "support/catch.hpp"

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

Problem example() {
  Problem problem;
  problem.fields = {"u"};
  problem.domain.coordinates = {"x", "y"};
  problem.parameters = {{"k", 2.0}};
  problem.definitions = {{"f", {"k*x", {"case.toml", 3, 6}}}, {"flux", {"f*u_x", {"case.toml", 4, 9}}}};
  return problem;
}

/// The same with a disc of radius 1/2 as an interface, on which `flux` is taken from both sides.
Problem with_interface() {
  auto problem = example();
  Shape disc;
  disc.name = "disc";
  disc.use = Shape::Use::interface;
  disc.center = {0, 0};
  disc.radius = 0.5;
  problem.domain.shapes = {disc};
  problem.definitions[0].second.value = "where(disc, k, 3*k)";
  return problem;
}

std::string error_of(const std::string& text, const Scope& scope) {
  return message_of([&] { Expression(text_of(text), scope); });
}

}  // namespace

TEST_CASE("residuals know everything, and normals only on boundaries", "[scope]") {
  REQUIRE(error_of("n_x*flux + u*f", residual_scope(example(), true)).empty());
  REQUIRE(
      error_of("n_x*u", residual_scope(example(), false)) ==
      "case.toml:12:13: unknown name 'n_x' (the normal is known only in the residuals of conditions); use "
      "coordinates instead\n  n_x*u\n  ^");
  REQUIRE(contains(error_of("x > 0", residual_scope(example(), false)), "the expression is a condition"));
}

TEST_CASE("expressions of position know no fields", "[scope]") {
  const Scope scope = coordinate_scope(example());
  REQUIRE(error_of("f + k*x*pi", scope).empty());
  REQUIRE(error_of("x + u_xy", scope) ==
          "case.toml:12:17: 'u_xy' can't be used here (it is a derivative of the field 'u', and only "
          "coordinates, "
          "parameters and definitions made of these are known here); use these only\n  x + u_xy\n      ^");
  REQUIRE(contains(error_of("u", scope), "'u' can't be used here (it is a field, and only coordinates"));
  REQUIRE(error_of("x + flux", scope) ==
          "case.toml:4:11: 'u_x' can't be used here (it is a derivative of the field 'u', and only "
          "coordinates, parameters "
          "and definitions made of these are known here); use these only, or don't use the definition 'flux' "
          "in line 12\n"
          "  f*u_x\n    ^");
  REQUIRE(contains(error_of("x", coordinate_scope(example(), Value::condition)), "a condition was expected"));
}

TEST_CASE("the name of an interface is whether a point is inside", "[scope]") {
  const Expression inside(text_of("where(disc, 1, 0)"), coordinate_scope(with_interface()));
  REQUIRE(inside.at(std::vector<Point>{{0.3, 0.3}, {0.4, 0.4}, {0, -0.499}}) == std::vector<double>{1, 0, 1});
  REQUIRE(contains(error_of("where(disc, 1, 0)", smooth_scope(with_interface())), "unknown name 'disc'"));
  REQUIRE(contains(error_of("disc", interface_shape_scope(with_interface())), "unknown name 'disc'"));
}

TEST_CASE("on an interface definitions take fields and materials from one side", "[scope]") {
  const auto problem = with_interface();
  Condition condition;
  condition.on = {"disc"};
  const Scope scope = condition_scope(problem, condition);
  const Expression jump(text_of("flux_plus - flux_minus + n_x*u_minus"), scope);
  std::vector<std::span<const double>> columns;
  const std::vector<double> inside{0.49}, outside{0.51}, zero{0.0}, one{1.0}, ten{10.0}, hundred{100.0};
  for (const auto& argument : jump.arguments()) {
    if (argument.kind == Argument::Kind::normal) columns.emplace_back(one);
    if (argument.kind == Argument::Kind::coordinate) {
      REQUIRE(argument.side != Side::here);
      columns.emplace_back(argument.index == 1 ? zero : argument.side == Side::plus ? outside : inside);
    }
    if (argument.kind == Argument::Kind::field) {
      REQUIRE(argument.derivative.side != Side::here);
      columns.emplace_back(argument.derivative.side == Side::plus ? ten : hundred);
    }
  }
  // 6 u_x_plus - 2 u_x_minus + u_minus
  REQUIRE(jump.evaluate(columns, 1) == std::vector<double>{60 - 200 + 100});
  REQUIRE(contains(error_of("u", scope), "'u' has two values on an interface"));
  REQUIRE(contains(error_of("flux", scope), "'disc' has two values on an interface"));
  condition.on = {"x.lower"};
  REQUIRE(error_of("u + flux", condition_scope(problem, condition)).empty());
}
