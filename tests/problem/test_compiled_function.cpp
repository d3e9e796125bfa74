// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/compiled_function.hpp"
#include "problem/expression_support.hpp"
#include "support/cases.hpp"
#include "support/catch.hpp"

#include <ddpinn/torch.hpp>

#include <cmath>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

constexpr std::size_t points = 20000;  // more than one chunk

double value_of(const Argument& argument, std::size_t i) {
  return 0.1 + 0.2 * static_cast<double>(argument.kind) + 0.3 * argument.derivative.alpha[0] +
         1e-5 * static_cast<double>(i);
}

CompiledFunction compiled(const Function& function) {
  return CompiledFunction(function, {"equation 'e'", 0, 0}, example_scope());
}

/// Where two ways to write a residual differ the most, in values and in derivatives, by argument.
template <class One, class Other>
double difference(const One& one, const Other& other) {
  REQUIRE(one.arguments().size() == other.arguments().size());
  const auto linear = [](const auto& residual) {
    std::vector<std::vector<double>> columns;
    for (const auto& argument : residual.arguments()) {
      auto& column = columns.emplace_back(points);
      for (std::size_t i = 0; i < points; ++i) column[i] = value_of(argument, i);
    }
    const std::vector<std::span<const double>> spans(columns.begin(), columns.end());
    auto result = residual.linearise(spans, points);
    REQUIRE(residual.evaluate(spans, points) == result.value);
    return result;
  };
  const auto a = linear(one), b = linear(other);
  double largest = 0;
  const auto compare = [&](const std::vector<double>& x, const std::vector<double>& y) {
    REQUIRE(x.size() == y.size());
    for (std::size_t i = 0; i < x.size(); ++i) largest = std::max(largest, std::abs(x[i] - y[i]));
  };
  compare(a.value, b.value);
  for (std::size_t i = 0; i < a.derivative.size(); ++i) {
    const auto found = std::ranges::find(other.arguments(), one.arguments()[i]);
    REQUIRE(found != other.arguments().end());
    compare(a.derivative[i], b.derivative[found - other.arguments().begin()]);
  }
  return largest;
}

/// x u_xx - u^3, in C++.
Function cubic() {
  return pointwise({"x", "u_xx", "u"}, [](std::span<const double> a, std::span<double> d) {
    d[1] = a[0];
    d[2] = -3 * a[2] * a[2];
    return a[0] * a[1] - a[2] * a[2] * a[2];
  });
}

}  // namespace

TEST_CASE("A function in C++ has the values and derivatives of the expression that says the same",
          "[function]") {
  REQUIRE(difference(compiled(cubic()), compile("x*u_xx - u**3")) < 1e-14);
}

TEST_CASE("A function on tensors is differentiated as an expression is", "[function]") {
  const auto function =
      differentiated({"x", "u_xx", "u"}, [](const auto& a) { return a[0] * a[1] - a[2] * a[2] * a[2]; });
  REQUIRE(difference(compiled(function), compile("x*u_xx - u**3")) < 1e-14);
}

TEST_CASE("Derivatives go through arguments that are expressions", "[function]") {
  const auto function = pointwise({"k*u*u_x", "f", "u", "r", "n_x"}, [](auto a, auto d) {
    d[0] = a[2];
    d[2] = a[0] + a[4];
    d[3] = 1;
    return a[0] * a[2] - a[1] + a[3] + a[4] * a[2];
  });
  REQUIRE(difference(compiled(function), compile("k*u*u_x*u - f + r + n_x*u")) < 1e-13);
}

TEST_CASE("A function is affine where it says so and its arguments are", "[function]") {
  const auto first = [](std::span<const double> a, std::span<double> d) { return d[0] = 1, a[0]; };
  REQUIRE(!compiled(cubic()).affine_in_fields());
  REQUIRE(compiled(pointwise({"u_xx + x*u"}, first, true)).affine_in_fields());
  REQUIRE(!compiled(pointwise({"u*u_x"}, first, true)).affine_in_fields());
}

TEST_CASE("What a function leaves unset is not a number", "[function]") {
  const auto function = compiled({{"u"}, [](const Function::Columns&) {}});
  const std::vector<double> u(3, 1.0);
  const std::span<const double> column = u;
  for (double value : function.evaluate({&column, 1}, 3)) REQUIRE(std::isnan(value));
}

TEST_CASE("Messages name the equation of a function", "[function]") {
  const auto nothing = [](auto, auto) { return 0.0; };
  REQUIRE(contains(message_of([&] { compiled(pointwise({"u", "w_x"}, nothing)); }), "equation 'e': "));
  REQUIRE(contains(message_of([&] { compiled(pointwise({"u", "w_x"}, nothing)); }), "'w_x'"));
  REQUIRE(contains(message_of([&] { compiled(Function{{"u"}, {}}); }), "no `evaluate`"));
  const auto throwing = compiled(
      pointwise({"u"}, [](auto, auto) -> double { throw std::runtime_error("outside of the table"); }));
  const std::vector<double> u(3, 1.0);
  const std::span<const double> column = u;
  REQUIRE(contains(message_of([&] {
                     (void)throwing.evaluate({&column, 1}, 3);
                   }),
                   "equation 'e': the function in C++ has thrown (outside of the table)"));
}
