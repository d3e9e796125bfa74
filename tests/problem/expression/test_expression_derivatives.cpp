// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/expression_support.hpp"
#include "support/catch.hpp"

#include <fmt/format.h>

#include <cmath>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

/// Smooth values that differ from argument to argument and from point to point.
double sample(const Argument& a, std::size_t i) {
  double seed = 0.3 + 0.7 * static_cast<double>(i) + 0.11 * a.index + 0.23 * a.derivative.field;
  for (int d = 0; d < max_dimension; ++d) seed += 0.31 * (d + 1) * a.derivative.alpha[d];
  return 1.5 + std::sin(seed + 2 * static_cast<int>(a.kind));
}

Argument coordinate(int direction) { return {Argument::Kind::coordinate, direction, {}}; }
Argument field(int index, MultiIndex alpha = {}) { return {Argument::Kind::field, 0, {index, alpha}}; }

constexpr std::size_t n = 5;

/// The derivative with respect to one argument; NaN where it is no argument.
std::vector<double> slope(const std::string& text, const Argument& with) {
  const Expression e = compile(text);
  const Columns columns(e, n, sample);
  const auto result = e.linearise(columns.spans(), n);
  for (std::size_t i = 0; i < e.arguments().size(); ++i)
    if (e.arguments()[i] == with) return result.derivative[i];
  return std::vector<double>(n, std::nan(""));
}

void require_slope(const std::string& text, const Argument& with,
                   const std::function<double(std::size_t)>& expected) {
  INFO(text);
  const std::vector<double> found = slope(text, with);
  REQUIRE(found.size() == n);
  for (std::size_t i = 0; i < n; ++i) REQUIRE(found[i] == Approx(expected(i)).epsilon(1e-13).margin(1e-14));
}

}  // namespace

TEST_CASE("linearised residuals are those derived by hand", "[expression]") {
  const auto x = [](std::size_t i) { return sample(coordinate(0), i); };
  const auto u = [](std::size_t i) { return sample(field(0), i); };
  const auto u_x = [](std::size_t i) { return sample(field(0, {1, 0, 0, 0}), i); };
  const std::string burgers = "u_y + u*u_x - 0.01/pi*u_xx";
  require_slope(burgers, field(0), u_x);
  require_slope(burgers, field(0, {1, 0, 0, 0}), u);
  require_slope(burgers, field(0, {0, 1, 0, 0}), [](std::size_t) { return 1.0; });
  require_slope(burgers, field(0, {2, 0, 0, 0}), [](std::size_t) { return -0.01 / M_PI; });
  require_slope("u_y - u_xx + 5*u**3 - 5*u", field(0), [&](std::size_t i) { return 15 * u(i) * u(i) - 5; });
  require_slope("sin(x*u)/u_x", field(0),
                [&](std::size_t i) { return x(i) * std::cos(x(i) * u(i)) / u_x(i); });
  require_slope("sin(x*u)/u_x", field(0, {1, 0, 0, 0}),
                [&](std::size_t i) { return -std::sin(x(i) * u(i)) / (u_x(i) * u_x(i)); });
  require_slope("(u**2 + 1)**(1/3)", field(0),
                [&](std::size_t i) { return 2 * u(i) / 3 * std::pow(u(i) * u(i) + 1, -2.0 / 3); });
  require_slope("exp(-u)*u_x", field(0), [&](std::size_t i) { return -std::exp(-u(i)) * u_x(i); });
  require_slope("r*u", field(0, {2, 0, 0, 0}), u);
}

TEST_CASE("what an expression does not depend on has derivative zero", "[expression]") {
  const auto zero = [](std::size_t) { return 0.0; };
  require_slope("where(x > 100, u, v)", field(0), zero);
  require_slope("u > 0", field(0), zero);
  require_slope("where(u > 0, 1, 2)", field(0), zero);
  require_slope("sign(u)", field(0), zero);
  require_slope("u - u", field(0), zero);
  const Expression e = compile("x*u");
  const Columns columns(e, n, sample);
  const auto result = e.linearise(columns.spans(), n);
  for (std::size_t i = 0; i < e.arguments().size(); ++i)
    REQUIRE(result.derivative[i].empty() == (e.arguments()[i].kind != Argument::Kind::field));
}

TEST_CASE("a branch that is not taken spoils neither values nor derivatives", "[expression]") {
  const auto values = std::vector<double>{-4, -1, 0, 1, 4};
  const auto rule = [&](const Argument&, std::size_t i) { return values[i]; };
  const auto both = [&](const std::string& text) {
    const Expression e = compile(text);
    const Columns columns(e, values.size(), rule);
    auto result = e.linearise(columns.spans(), values.size());
    return std::pair(result.value, result.derivative.back());
  };
  using List = std::vector<double>;
  REQUIRE(both("where(u > 0, sqrt(u), 0)") == std::pair(List{0, 0, 0, 1, 2}, List{0, 0, 0, 0.5, 0.25}));
  REQUIRE(both("where(u == 0, 7, 1/u)") ==
          std::pair(List{-0.25, -1, 7, 1, 0.25}, List{-0.0625, -1, 0, -1, -0.0625}));
  REQUIRE(both("where(u > 0, where(u > 2, u - sqrt(u), u), sqrt(-u))").first == List{2, 1, 0, 1, 2});
  REQUIRE(both("where(u > 100, log(u), u**2)") == std::pair(List{16, 1, 0, 1, 16}, List{-8, -2, 0, 2, 8}));
  REQUIRE(both("where(u < 100, u**2, log(u))") == std::pair(List{16, 1, 0, 1, 16}, List{-8, -2, 0, 2, 8}));
  REQUIRE(both("where(u > 0, 1/u, 1/(u - 1)) + where(u > 0, 1/u, 3)").first[3] == 2);
}

TEST_CASE("what branches share is differentiated where any of them is taken", "[expression]") {
  const auto values = std::vector<double>{-4, -1, 0, 1, 4};
  const auto rule = [&](const Argument&, std::size_t i) { return values[i]; };
  const auto both = [&](const std::string& text) {
    const Expression e = compile(text);
    const Columns columns(e, values.size(), rule);
    auto result = e.linearise(columns.spans(), values.size());
    REQUIRE(result.value == e.evaluate(columns.spans(), values.size()));
    return std::pair(result.value, result.derivative.back());
  };
  using List = std::vector<double>;
  REQUIRE(both("where(u > 0, 2*sqrt(u), 1) + where(u > 2, sqrt(u), 0)") ==
          std::pair(List{1, 1, 1, 2, 6}, List{0, 0, 0, 1, 0.75}));
  REQUIRE(both("where(u > 0, where(u > 2, sqrt(u), 3*sqrt(u)), 1)") ==
          std::pair(List{1, 1, 1, 3, 2}, List{0, 0, 0, 1.5, 0.25}));
  REQUIRE(both("where(u > 0, 1/u, 2 - 1/u) + 0*u") ==
          std::pair(both("where(u > 0, 1/u, 2 - 1/u)").first, both("where(u > 0, 1/u, 2 - 1/u)").second));
  REQUIRE(both("where(sqrt(abs(u)) > 1.5, 1/u, u)") ==
          std::pair(List{-0.25, -1, 0, 1, 0.25}, List{-0.0625, 1, 1, 1, -0.0625}));
}

TEST_CASE("nested definitions with branches cost what their number says", "[expression]") {
  constexpr int levels = 300;
  auto scope = example_scope();
  const Location at{"case.toml", 1, 1};
  scope.definitions = {{"a0", {"u", at}}};
  for (int i = 1; i <= levels; ++i) {
    const auto text = fmt::format("where(a{0} > 1, 1/a{0}, sqrt(a{0} + 1))", i - 1);
    scope.definitions.push_back({fmt::format("a{}", i), {text, at}});
  }
  const Expression e({fmt::format("a{}", levels), at}, scope);
  const std::vector<double> start{0.25, 1.5, 3};
  const Columns columns(e, start.size(), [&](const Argument&, std::size_t i) { return start[i]; });
  const auto result = e.linearise(columns.spans(), start.size());
  for (std::size_t i = 0; i < start.size(); ++i) {
    double a = start[i], slope = 1;
    for (int level = 1; level <= levels; ++level) {
      slope *= a > 1 ? -1 / (a * a) : 0.5 / std::sqrt(a + 1);
      a = a > 1 ? 1 / a : std::sqrt(a + 1);
    }
    REQUIRE(result.value[i] == Approx(a).epsilon(1e-12));
    REQUIRE(result.derivative[0][i] == Approx(slope).epsilon(1e-10));
  }
}

TEST_CASE("a chain of many definitions is read without exhausting the stack", "[expression]") {
  auto scope = example_scope();
  const Location at{"case.toml", 1, 1};
  scope.definitions = {{"d0", {"x", at}}};
  for (int i = 1; i <= 5000; ++i)
    scope.definitions.push_back({fmt::format("d{}", i), {fmt::format("d{} + y", i - 1), at}});
  const Point point{0.5, 0.25, 0, 0};
  REQUIRE(Expression({"d5000", at}, scope).at({&point, 1}).front() == Approx(1250.5));
}

TEST_CASE("a sum of many terms is differentiated", "[expression]") {
  std::string sum = "u";
  for (int i = 0; i < 20000; ++i) sum += " + u*x";
  const Expression e = compile(sum);
  const Columns columns(e, 1, [](const Argument&, std::size_t) { return 0.5; });
  REQUIRE(e.linearise(columns.spans(), 1).value[0] == Approx(0.5 + 20000 * 0.25));
}

TEST_CASE("derivatives along the coordinates are right up to fourth order", "[expression]") {
  const std::vector<Point> points = {{0.3, -0.7, 0, 0}, {1.1, 0.4, 0, 0}};
  const std::vector<MultiIndex> alphas = {{},           {1, 0, 0, 0}, {0, 1, 0, 0}, {2, 0, 0, 0},
                                          {1, 1, 0, 0}, {2, 2, 0, 0}, {4, 0, 0, 0}};
  const auto d = compile("sin(2*x)*exp(3*y) + x**4*y").differentiate(points, alphas);
  REQUIRE(d.size() == alphas.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    const double x = points[i][0], y = points[i][1];
    const double s = std::sin(2 * x) * std::exp(3 * y), c = std::cos(2 * x) * std::exp(3 * y);
    const std::vector<double> expected = {s + std::pow(x, 4) * y, 2 * c + 4 * x * x * x * y,
                                          3 * s + std::pow(x, 4), -4 * s + 12 * x * x * y,
                                          6 * c + 4 * x * x * x,  -36 * s,
                                          16 * s + 24 * y};
    for (std::size_t k = 0; k < alphas.size(); ++k) REQUIRE(d[k][i] == Approx(expected[k]).epsilon(1e-12));
  }
}

TEST_CASE("derivatives that vanish are zero, not missing", "[expression]") {
  const std::vector<Point> points = {{0.3, -0.7, 0, 0}};
  const std::vector<MultiIndex> alphas = {{2, 0, 0, 0}, {0, 1, 0, 0}, {3, 0, 0, 0}};
  REQUIRE(compile("3*x + 1").differentiate(points, alphas) ==
          std::vector<std::vector<double>>{{0}, {0}, {0}});
  REQUIRE(compile("x*(1-x)").differentiate(points, alphas) ==
          std::vector<std::vector<double>>{{-2}, {0}, {0}});
  REQUIRE(compile("x > 0").differentiate(points, alphas) == std::vector<std::vector<double>>{{0}, {0}, {0}});
  REQUIRE(compile("where(x > 0, x**2, 0)").differentiate(points, alphas) ==
          std::vector<std::vector<double>>{{2}, {0}, {0}});
}

TEST_CASE("guarded branches can be differentiated more than once", "[expression]") {
  const std::vector<Point> points = {{-4, 0, 0, 0}, {4, 0, 0, 0}};
  const std::vector<MultiIndex> alphas = {{1, 0, 0, 0}, {2, 0, 0, 0}};
  const auto d = compile("where(x > 0, sqrt(x), 1/x)").differentiate(points, alphas);
  REQUIRE(d[0][0] == Approx(-1.0 / 16));
  REQUIRE(d[0][1] == Approx(0.25));
  REQUIRE(d[1][0] == Approx(-1.0 / 32));
  REQUIRE(d[1][1] == Approx(-1.0 / 32));
}
