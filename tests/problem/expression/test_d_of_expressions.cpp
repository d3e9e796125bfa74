// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/expression_support.hpp"
#include "support/catch.hpp"

#include <cmath>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

constexpr std::size_t count = 7;

double derivative_value(const Derivative& derivative, std::size_t i) {
  return std::sin(1.3 + derivative.field + 2.1 * derivative.alpha[0] + 0.7 * derivative.alpha[1] + 1.9 * i);
}

/// Values of a consistent kind for all arguments, whatever expression asks for them.
double value_of(const Argument& argument, std::size_t i) {
  if (argument.kind == Argument::Kind::field) return derivative_value(argument.derivative, i);
  return argument.index == 0 ? 0.21 + 0.1 * i : 0.83 - 0.09 * i;
}

std::vector<double> values(const Expression& expression) {
  return expression.evaluate(Columns(expression, count, value_of).spans(), count);
}

void require_same(const std::string& a, const std::string& b) {
  INFO(a);
  INFO(b);
  const auto first = values(compile(a)), second = values(compile(b));
  for (std::size_t i = 0; i < count; ++i) REQUIRE(first[i] == Approx(second[i]).epsilon(1e-12).margin(1e-13));
}

void require_message(const std::string& text, const std::string& part) {
  const auto message = message_of([&] { compile(text); });
  INFO(message);
  REQUIRE(message.find(part) != std::string::npos);
}

/// Expressions in every operation and function of the language.
const std::vector<std::string> all_operations = {"x*y - x/(2 + y)",
                                                 "-x**3 + 2**x + x**y + (1 + x)**-0.5",
                                                 "sin(x*y)*cos(x - y)",
                                                 "tan(0.3*x)",
                                                 "asin(x/3) + acos(y/3)",
                                                 "atan(x*y)",
                                                 "sinh(x) + cosh(x*y)",
                                                 "tanh(x - 2*y)",
                                                 "exp(-x**2)*log(1 + x*y)",
                                                 "sqrt(1 + x*y)",
                                                 "abs(x - 0.5)*y",
                                                 "sign(x - 0.4)*x",
                                                 "erf(x*y) - erfc(x)",
                                                 "atan2(x, y)",
                                                 "minimum(x, y)*x",
                                                 "maximum(x**2, 0.3)",
                                                 "hypot(x, 2*y)",
                                                 "where(x < 0.5, x**2*y, sin(y))",
                                                 "where(x > 0.5, sqrt(x - 0.5), x*y)",
                                                 "where(x > 0.5, where(y > 0.4, log(y - 0.3), x), 1/(x + y))",
                                                 "f*x",
                                                 "k*x"};

}  // namespace

TEST_CASE("d() of expressions of coordinates is what automatic differentiation gives", "[expression]") {
  std::vector<Point> points;
  for (std::size_t i = 0; i < count; ++i) points.push_back({0.21 + 0.1 * i, 0.83 - 0.09 * i, 0, 0});
  for (const auto& text : all_operations)
    for (const auto& [coordinates, alpha] :
         {std::pair("x", MultiIndex{1, 0}), std::pair("y", MultiIndex{0, 1}),
          std::pair("x, y", MultiIndex{1, 1}), std::pair("x, x", MultiIndex{2, 0})}) {
      INFO(text);
      INFO(coordinates);
      const auto expected = compile(text).differentiate(points, {&alpha, 1}).front();
      const auto found = compile("d(" + text + ", " + coordinates + ")").at(points);
      for (std::size_t i = 0; i < count; ++i)
        REQUIRE(found[i] == Approx(expected[i]).epsilon(1e-11).margin(1e-12));
    }
}

TEST_CASE("d() raises the order of fields and follows the product and chain rules", "[expression]") {
  require_same("d(u, x)", "u_x");
  require_same("d(u_xy, y)", "u_xyy");
  require_same("d(u_s_x, x)", "u_s_xx");
  require_same("d(u, x, y)", "u_xy");
  require_same("d(k*u_x, x) + d(k*u_y, y)", "k*(u_xx + u_yy)");
  require_same("d((1 + u**2)*u_x, x)", "(1 + u**2)*u_xx + 2*u*u_x**2");
  require_same("d(exp(-x)*u_x, x)", "exp(-x)*(u_xx - u_x)");
  require_same("d(r, x)", "u_xxx + u_xyy + k*pi*cos(pi*x)");
  require_same("d(u*v, x, x)", "u_xx*v + 2*u_x*v_x + u*v_xx");
  require_same("d((u_x**2 + u_y**2 + 0.01)**(-0.25)*u_x, x)",
               "(u_x**2 + u_y**2 + 0.01)**(-0.25)*u_xx - "
               "0.5*(u_x**2 + u_y**2 + 0.01)**(-1.25)*(u_x*u_xx + u_y*u_xy)*u_x");
  require_same("d(where(u > 0, u**2, sqrt(1 - u)), y)", "where(u > 0, 2*u*u_y, -0.5*u_y/sqrt(1 - u))");
}

TEST_CASE("d() of what is affine in the fields is so too", "[expression]") {
  REQUIRE(compile("d(exp(x*y)*u_x, x) + d(k*u_y + f, y)").affine_in_fields());
  REQUIRE(compile("d(where(x > 0, sqrt(x), 1)*u_x, x)").affine_in_fields());
  REQUIRE(
      compile("where(x > 0.5, 1, 10)*u_x**2").derivative(compile("u_x").arguments()[0]).affine_in_fields());
  REQUIRE_FALSE(compile("d(u**2, x)").affine_in_fields());
  REQUIRE(compile("d(u**2/2, x) - u*u_x").arguments().size() == 2);
}

TEST_CASE("the partial derivatives of an expression are those of its linearisation", "[expression]") {
  for (const std::string text :
       {"k*(u_x**2 + u_y**2)/2 - f*u", "(u**2 - 1)**2/4", "(u_x**2 + u_y**2 + 1e-3)**0.6*v",
        "where(x > 0.5, exp(u*v), hypot(u, v))", "maximum(u, v)**3"}) {
    INFO(text);
    const auto expression = compile(text);
    const Columns columns(expression, count, value_of);
    const auto linear = expression.linearise(columns.spans(), count);
    for (std::size_t a = 0; a < expression.arguments().size(); ++a) {
      if (!expression.arguments()[a].sought()) continue;
      const auto found = values(expression.derivative(expression.arguments()[a]));
      for (std::size_t i = 0; i < count; ++i)
        REQUIRE(found[i] == Approx(linear.derivative[a][i]).margin(1e-13));
    }
  }
  const auto quadratic = compile("3*u_x**2/2 + u_x*u_y - f*u");
  for (const auto& argument : quadratic.arguments())
    if (argument.sought()) REQUIRE(quadratic.derivative(argument).affine_in_fields());
}

TEST_CASE("mistakes in d() are explained", "[expression]") {
  require_message("d(u)", "write d(expression, x)");
  require_message("d(u, k)", "'k' is not a coordinate");
  require_message("d(u, 2)", "'2' is not a coordinate");
  require_message("d(u > 0, x)", "a condition where a number was expected");
  require_message("d(u_xxxx, y)", "the derivative of 'u_xxxx' has order 5");
  require_message("d(n_x*u, x)", "has no derivative along a coordinate");
  require_message("d", "'d' is a function");
}
