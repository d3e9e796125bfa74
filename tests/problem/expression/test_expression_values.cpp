// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/expression_support.hpp"
#include "support/catch.hpp"

#include <cmath>
#include <numbers>
#include <set>

using namespace ddpinn;
using namespace ddpinn::test;

TEST_CASE("operators bind as in Python", "[expression]") {
  const double x = 0.3, y = -1.7;
  REQUIRE(value_at("-x**2", x, y) == -(x * x));
  REQUIRE(value_at("2**-y", x, y) == Approx(std::pow(2, -y)));
  REQUIRE(value_at("2**3**2", x, y) == 512);
  REQUIRE(value_at("(2**3)**2", x, y) == 64);
  REQUIRE(value_at("x - y - 1", x, y) == (x - y) - 1);
  REQUIRE(value_at("x / y / 2 * 3", x, y) == Approx(x / y / 2 * 3));
  REQUIRE(value_at("- - +-x", x, y) == -x);
  REQUIRE(value_at("1 - -x * 2", x, y) == 1 + x * 2);
  REQUIRE(value_at("2 * -x**-2", x, y) == Approx(-2 / (x * x)));
}

TEST_CASE("numbers are real numbers in every notation", "[expression]") {
  REQUIRE(value_at("1/2", 0, 0) == 0.5);
  REQUIRE(value_at(".5 + 1. + 1e-3 + 2.5E+1", 0, 0) == 26.501);
  REQUIRE(value_at("1/3 + 0*x", 7, 0) == 1.0 / 3);
  REQUIRE(value_at("x*0.1", 3, 0) == 3 * 0.1);
  REQUIRE(value_at("pi*k", 0, 0) == 3 * std::numbers::pi);
}

TEST_CASE("every function has the value of its C++ counterpart", "[expression]") {
  const double x = 0.37;
  const std::vector<std::pair<std::string, double (*)(double)>> cases = {
      {"sin", std::sin},   {"cos", std::cos},   {"tan", std::tan},   {"asin", std::asin},
      {"acos", std::acos}, {"atan", std::atan}, {"sinh", std::sinh}, {"cosh", std::cosh},
      {"tanh", std::tanh}, {"exp", std::exp},   {"log", std::log},   {"sqrt", std::sqrt},
      {"abs", std::fabs},  {"erf", std::erf},   {"erfc", std::erfc}};
  for (const auto& [name, function] : cases) {
    INFO(name);
    REQUIRE(value_at(name + "(x)", x, 0) == Approx(function(x)).epsilon(1e-14));
    REQUIRE(value_at(name + "(0.37)", x, 0) == function(x));
  }
  REQUIRE(value_at("sign(x) + 10*sign(y)", x, -x) == -9);
}

TEST_CASE("functions of two arguments take numbers and columns on either side", "[expression]") {
  for (const std::string a : {"x", "0.3"})
    for (const std::string b : {"y", "-1.5"}) {
      REQUIRE(value_at("minimum(" + a + ", " + b + ")", 0.3, -1.5) == -1.5);
      REQUIRE(value_at("maximum(" + a + ", " + b + ")", 0.3, -1.5) == 0.3);
      REQUIRE(value_at("atan2(" + a + ", " + b + ")", 0.3, -1.5) == Approx(std::atan2(0.3, -1.5)));
      REQUIRE(value_at("hypot(" + a + ", " + b + ")", 0.3, -1.5) == Approx(std::hypot(0.3, -1.5)));
      REQUIRE(value_at("where(x > 0, " + a + ", " + b + ")", 0.3, -1.5) == 0.3);
      REQUIRE(value_at("where(x < 0, " + a + ", " + b + ")", 0.3, -1.5) == -1.5);
    }
}

TEST_CASE("conditions are 1 and 0", "[expression]") {
  REQUIRE(value_at("x < 1", 0.5, 0) == 1);
  REQUIRE(value_at("1 < x", 0.5, 0) == 0);
  REQUIRE(value_at("0.5 <= x", 0.5, 0) == 1);
  REQUIRE(value_at("0.5 != x", 0.5, 0) == 0);
  REQUIRE(value_at("x == 0.5 and y >= 0", 0.5, 0) == 1);
  REQUIRE(value_at("x > 1 or not y > 0 and x > 0", 0.5, 0) == 1);
  REQUIRE(value_at("(x > 1) | (y == 0) & (x > 0)", 0.5, 0) == 1);
  REQUIRE(value_at("not (x > 1 or y == 0)", 0.5, 0) == 0);
  REQUIRE(value_at("k > 2 and x > 0", 0.5, 0) == 1);
  REQUIRE(value_at("k > 2 or x > 1", 0.5, 0) == 1);
  REQUIRE(value_at("k < 2", 0.5, 0) == 0);
  REQUIRE(compile("x < 1").condition());
  REQUIRE(!compile("x - 1").condition());
}

TEST_CASE("derivatives are read with the longest field name that fits, in any order of coordinates",
          "[expression]") {
  const auto only = [](const std::string& text) {
    const auto arguments = compile(text).arguments();
    REQUIRE(arguments.size() == 1);
    REQUIRE(arguments.front().kind == Argument::Kind::field);
    return arguments.front().derivative;
  };
  REQUIRE(only("u_xy") == Derivative{0, {1, 1, 0, 0}});
  REQUIRE(only("u_yx") == only("u_xy"));
  REQUIRE(only("u_xyxy") == Derivative{0, {2, 2, 0, 0}});
  REQUIRE(only("u_s") == Derivative{2, {}});
  REQUIRE(only("u_s_x") == Derivative{2, {1, 0, 0, 0}});
  REQUIRE(only("v + v") == Derivative{1, {}});
}

TEST_CASE("arguments are named once, and only those that matter", "[expression]") {
  REQUIRE(compile("u*u_x + u - u_x + x").arguments().size() == 3);
  REQUIRE(compile("where(k > 1, u, v)").arguments().size() == 1);
  REQUIRE(compile("n_x*u_x + n_y*u_y").arguments().size() == 4);
  REQUIRE(compile("r").arguments().size() == 3);
  REQUIRE(compile("r").uses_fields());
  REQUIRE(!compile("f + n_x").uses_fields());
}

TEST_CASE("a constant gives n equal values and no derivatives", "[expression]") {
  const Expression constant = compile("k*sqrt(4) - 2**-1");
  REQUIRE(constant.evaluate({}, 3) == std::vector<double>(3, 5.5));
  REQUIRE(constant.linearise({}, 2).value == std::vector<double>(2, 5.5));
  const std::vector<Point> points(2);
  const std::vector<MultiIndex> alphas = {{}, {1, 0, 0, 0}};
  REQUIRE(constant.differentiate(points, alphas) == std::vector<std::vector<double>>{{5.5, 5.5}, {0, 0}});
  REQUIRE(compile("x").evaluate(std::vector<std::span<const double>>{{}}, 0).empty());
}

TEST_CASE("an expression may span lines", "[expression]") {
  REQUIRE(value_at("x +\n  2*(y\n\t - 1)\r\n", 1, 3) == 5);
}

TEST_CASE("many points give the same values as one", "[expression]") {
  const std::size_t n = 20001;
  const Expression e = compile("u*u_x - f*exp(-x**2)");
  const auto rule = [](const Argument& a, std::size_t i) {
    return std::sin(0.1 * static_cast<double>(i)) + a.derivative.alpha[0];
  };
  const Columns columns(e, n, rule);
  const auto all = e.linearise(columns.spans(), n);
  REQUIRE(all.value == e.evaluate(columns.spans(), n));
  for (std::size_t i : {std::size_t{0}, std::size_t{8191}, std::size_t{8192}, n - 1}) {
    const Columns one(e, 1, [&](const Argument& a, std::size_t) { return rule(a, i); });
    REQUIRE(e.evaluate(one.spans(), 1)[0] == Approx(all.value[i]).epsilon(1e-14));
  }
}

TEST_CASE("affine expressions are recognised by their structure", "[expression]") {
  for (const char* text :
       {"-(u_xx + u_yy) - f", "x**2*u + sin(x)*u_x - 3", "u/x", "f", "n_x*u_x + k*(u - 1)", "-u", "u**1",
        "where(x > 0, u, sqrt(x)*v_x)", "where(x > 0, u_x/x, 1)", "u*where(x > 0, 1, 2)", "u - u"})
    REQUIRE(compile(text).affine_in_fields());
  for (const char* text :
       {"u*u_x", "u**2", "sin(u)", "1/u", "x**u", "where(u > 0, u, 0)", "where(x > 0, u*u, 0)", "abs(u)",
        "maximum(u, 0)", "u*v", "u_s*r", "sqrt(u)/2", "where(x > 0, 1/u, 0)", "u > 0"})
    REQUIRE(!compile(text).affine_in_fields());
}

TEST_CASE("Few points have the values of many") {
  const auto text = GENERATE(
      as<std::string>(), "x + y*3 - x/(y - 0.5)", "x**2 + y**3 + (x + 2)**y + 2**x", "-x**2*y",
      "where(x < y, x, y) + where(x <= 0.25, 1, 2)", "where(x > y and not (x >= 0.5), sqrt(x), log(y))",
      "where(x == y or x != 0.5, abs(x - y), sign(x - y))", "minimum(x, y)/maximum(x, y)",
      "sin(x) + cos(y) + tan(x) + sinh(x) + cosh(y) + tanh(x)",
      "asin(x) + acos(y) + atan(x) + atan2(x, y) + hypot(x, y)", "exp(x) + erf(y) + erfc(x)",
      "sqrt(x - 0.5) + log(y - 0.5)", "x < y", "not (x <= y)");
  std::vector<Point> many;
  for (int i = 0; i < 400; ++i) many.push_back({i % 20 / 20.0, i / 20 / 20.0, 0, 0});
  const auto expression = compile(text);
  const auto of_many = expression.at(many);
  for (const std::size_t few : {std::size_t{1}, std::size_t{150}})
    for (std::size_t begin = 0; begin + few <= many.size(); begin += few) {
      const auto of_few = expression.at(std::span(many).subspan(begin, few));
      for (std::size_t i = 0; i < few; ++i) {
        const double a = of_few[i], b = of_many[begin + i];
        const bool same =
            a == b || (std::isnan(a) && std::isnan(b)) || std::abs(a - b) <= 1e-14 * std::abs(b);
        INFO(text << " at " << many[begin + i][0] << ", " << many[begin + i][1] << ": " << a << ", " << b);
        REQUIRE(same);
      }
    }
}

TEST_CASE("What a comparison changes at tells its sides apart where both are equal in a part") {
  const auto text =
      GENERATE(as<std::string>(), "where(x <= minimum(x, y), 1, 2)", "where(x > minimum(x, y), 2, 1)",
               "where(minimum(x, y) >= x, 1, 2)", "where(minimum(x, y) < x, 2, 1)",
               "where(x == minimum(x, y), 1, 2)", "where(minimum(x, y) != x, 2, 1)",
               "where(x < y and x < 0.7, 1, 2)", "where(not (x >= y or x > 0.7), 1, 2)");
  const auto levels = compile(text).switches();
  REQUIRE(levels.size() == 1);
  const std::vector<Point> points{{0.2, 0.3, 0, 0}, {0.3, 0.2, 0, 0}};
  const auto values = levels[0].at(points);
  CHECK((values[0] < 0) != (values[1] < 0));
}

TEST_CASE("A choice within a branch changes nothing outside it") {
  const auto levels = compile("where(x < 0.5, 1, where(y < 0.5, 2, 3))").switches();
  REQUIRE(levels.size() == 2);
  const std::vector<Point> points{{0.2, 0.2, 0, 0}, {0.2, 0.8, 0, 0}, {0.8, 0.2, 0, 0}, {0.8, 0.8, 0, 0}};
  std::set<std::vector<bool>> signs;
  for (const auto& level : levels) {
    std::vector<bool> negative;
    for (double value : level.at(points)) negative.push_back(value < 0);
    signs.insert(negative);
  }
  REQUIRE(signs == std::set<std::vector<bool>>{{true, true, false, false}, {false, false, true, false}});
}
