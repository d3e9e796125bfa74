// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "base/random.hpp"
#include "problem/expression_support.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <memory>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

/// A value, its derivatives with respect to u and u_x, and the largest number met on the way to them.
struct Dual {
  double value = 0;
  double slope[2] = {0, 0};
  double largest = 0;
};

Dual combine(double value, const Dual& a, double da, const Dual& b, double db) {
  Dual result{value, {}, std::max({a.largest, b.largest, std::fabs(value)})};
  for (int k = 0; k < 2; ++k) {
    result.slope[k] = (da == 0 ? 0 : da * a.slope[k]) + (db == 0 ? 0 : db * b.slope[k]);
    for (double term : {da * a.slope[k], db * b.slope[k]})
      result.largest = std::max(result.largest, std::fabs(term));
  }
  // A maximum drops NaN; the infinite slope at the end of a function's range matters too.
  if (std::isnan(value) || !std::isfinite(da) || !std::isfinite(db)) result.largest = INFINITY;
  return result;
}

using Values = std::array<double, 4>;  // x, y, u, u_x

/// A random formula: its text, how tightly its outermost operator binds, and how to compute it directly.
struct Formula {
  std::string text;
  int power = 0;
  std::function<Dual(const Values&)> value;
};

constexpr int sum_power = 1, product_power = 2, sign_power = 3, exponent_power = 4, atom = 5;

class Generator {
 public:
  explicit Generator(std::uint64_t stream) : random_(2026, stream) {}

  Formula formula(int depth) {
    if (depth == 0) return leaf();
    switch (pick(11)) {
      case 0:
        return infix("+", sum_power, depth, [](double a, double b) { return Values{a + b, 1, 1}; });
      case 1:
        return infix("-", sum_power, depth, [](double a, double b) { return Values{a - b, 1, -1}; });
      case 2:
      case 3:
        return infix("*", product_power, depth, [](double a, double b) { return Values{a * b, b, a}; });
      case 4:
        return infix("/", product_power, depth, [](double a, double b) {
          return Values{a / b, 1 / b, -a / b / b};
        });
      case 5:
        return negation(formula(depth - 1));
      case 6:
        return power(formula(depth - 1));
      case 7:
      case 8:
        return function(depth);
      case 9:
        return extremum(depth);
      default:
        return where(depth);
    }
  }

 private:
  int pick(int n) { return random_.uniform() * n; }

  /// Parentheses where the grammar needs them, and sometimes where it doesn't.
  std::string within(const Formula& f, int power) {
    return f.power < power || pick(8) == 0 ? "(" + f.text + ")" : f.text;
  }

  Formula leaf() {
    static const char* names[] = {"x", "y", "u", "u_x"};
    const int i = pick(6);
    if (i >= 4) {
      // Few digits, but hardly ever a binary fraction: that would hide a loss of precision.
      const double number = std::round(random_.uniform(0, 500)) / 100;
      return {fmt(number), atom, [number](const Values&) { return Dual{number, {0, 0}, number}; }};
    }
    return {names[i], atom, [i](const Values& v) {
              const double value = v[i];
              return Dual{value, {i == 2 ? 1.0 : 0.0, i == 3 ? 1.0 : 0.0}, std::fabs(value)};
            }};
  }

  static std::string fmt(double number) {
    const std::string text = std::to_string(number);
    return text.substr(0, text.find_last_not_of('0') + 1);  // "2." and "0.12" are numbers both
  }

  template <class Rule>
  Formula infix(const char* symbol, int power, int depth, Rule rule) {
    const Formula a = formula(depth - 1), b = formula(pick(depth));
    return {within(a, power) + " " + symbol + (pick(2) ? " " : "\n") + within(b, power + 1), power,
            [=, f = a.value, g = b.value](const Values& v) {
              const Dual left = f(v), right = g(v);
              const Values r = rule(left.value, right.value);
              return combine(r[0], left, r[1], right, r[2]);
            }};
  }

  Formula negation(const Formula& a) {
    return {std::string("-").append(within(a, sign_power)), sign_power, [f = a.value](const Values& v) {
              const Dual inner = f(v);
              return combine(-inner.value, inner, -1, {}, 0);
            }};
  }

  Formula power(const Formula& a) {
    static const double exponents[] = {2, 3, 4, 0.5, 1, -1, -2, 1.5};
    const double e = exponents[pick(8)];
    return {within(a, atom) + "**" + (e < 0 ? "-" : "") + fmt(std::fabs(e)), exponent_power,
            [e, f = a.value](const Values& v) {
              const Dual inner = f(v);
              return combine(std::pow(inner.value, e), inner, e * std::pow(inner.value, e - 1), {}, 0);
            }};
  }

  Formula function(int depth) {
    struct Entry {
      const char* name;
      double (*value)(double);
      double (*slope)(double);
    };
    static const Entry entries[] = {
        {"sin", std::sin, std::cos},
        {"cos", std::cos, [](double x) { return -std::sin(x); }},
        {"tanh", std::tanh, [](double x) { return 1 - std::tanh(x) * std::tanh(x); }},
        {"exp", std::exp, std::exp},
        {"log", std::log, [](double x) { return 1 / x; }},
        {"sqrt", std::sqrt, [](double x) { return 0.5 / std::sqrt(x); }},
        {"abs", std::fabs, [](double x) { return x > 0   ? 1.0
                                                 : x < 0 ? -1.0
                                                         : 0.0; }},
        {"erf", std::erf, [](double x) { return 2 / std::sqrt(M_PI) * std::exp(-x * x); }},
        {"atan", std::atan, [](double x) { return 1 / (1 + x * x); }}};
    const Entry& entry = entries[pick(9)];
    const Formula a = formula(depth - 1);
    return {std::string(entry.name) + "(" + a.text + ")", atom, [&entry, f = a.value](const Values& v) {
              const Dual inner = f(v);
              return combine(entry.value(inner.value), inner, entry.slope(inner.value), {}, 0);
            }};
  }

  Formula extremum(int depth) {
    const bool lower = pick(2);
    const Formula a = formula(depth - 1), b = formula(pick(depth));
    return {(lower ? "minimum(" : "maximum(") + a.text + ", " + b.text + ")", atom,
            [lower, f = a.value, g = b.value](const Values& v) {
              const Dual left = f(v), right = g(v);
              // LibTorch shares the slope of a tie between both.
              const double first = left.value == right.value ? 0.5 : (left.value < right.value) == lower;
              const double value =
                  lower ? std::min(left.value, right.value) : std::max(left.value, right.value);
              return combine(value, left, first, right, 1 - first);
            }};
  }

  Formula where(int depth) {
    const Formula a = formula(depth - 1), b = formula(depth - 1), left = formula(pick(depth)),
                  right = formula(pick(depth));
    return {"where(" + within(left, sum_power) + " < " + within(right, sum_power) + ", " + a.text + ", " +
                b.text + ")",
            atom, [f = a.value, g = b.value, l = left.value, r = right.value](const Values& v) {
              const Dual low = l(v), high = r(v);
              Dual result = low.value < high.value ? f(v) : g(v);
              // Rounding decides near a tie, and NaN is on neither side.
              const bool clear = std::fabs(low.value - high.value) > 1e-9 * (low.largest + high.largest);
              result.largest = clear ? std::max({result.largest, low.largest, high.largest}) : INFINITY;
              return result;
            }};
  }

  Random random_;
};

/// Values and slopes against the direct computation; @returns how many points could be compared.
int compare(const Formula& formula, const std::vector<Values>& points) {
  Scope scope;
  scope.coordinates = {"x", "y"};
  scope.fields = {"u"};
  const Expression e({formula.text, {}}, scope);
  const auto position = [](const Argument& a) {
    return a.kind == Argument::Kind::coordinate ? a.index : 2 + order(a.derivative.alpha);
  };
  const Columns columns(e, points.size(),
                        [&](const Argument& a, std::size_t i) { return points[i][position(a)]; });
  const auto found = e.linearise(columns.spans(), points.size());
  int compared = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const Dual expected = formula.value(points[i]);
    if (!(expected.largest < 1e5)) continue;
    ++compared;
    INFO(formula.text);
    const double tolerance = 1e-9 * (1 + expected.largest) * (1 + expected.largest);
    REQUIRE(std::fabs(found.value[i] - expected.value) <= tolerance);
    for (std::size_t k = 0; k < e.arguments().size(); ++k)
      if (!found.derivative[k].empty())
        REQUIRE(std::fabs(found.derivative[k][i] - expected.slope[position(e.arguments()[k]) - 2]) <=
                tolerance);
  }
  return compared;
}

}  // namespace

TEST_CASE("random expressions and their derivatives agree with direct evaluation", "[expression][fuzz]") {
  Random random(7, 0);
  std::vector<Values> points(40);
  for (auto& point : points)
    for (auto& value : point) value = random.uniform(-3, 3);
  int compared = 0, refused = 0;
  constexpr int formulas = 1000;
  for (std::uint64_t stream = 0; stream < formulas; ++stream) {
    const Formula formula = Generator(stream).formula(1 + static_cast<int>(stream % 5));
    try {
      compared += compare(formula, points);
    } catch (const Error& error) {
      INFO(formula.text);
      REQUIRE(contains(error.what(), "a constant is"));
      ++refused;
    }
  }
  REQUIRE(compared > formulas * 20);
  REQUIRE(refused < formulas / 20);
}

TEST_CASE("no text crashes the parser", "[expression][fuzz]") {
  const std::vector<std::string> pieces = {"x",  "u_x", "where", "sin", "(",   ")",   ",", "+", "-",
                                           "**", "*",   "/",     "<",   "and", "not", "|", "1", ".5",
                                           "1e", "@",   "\n",    "\t",  " ",   "u_",  "r", "=="};
  Random random(8, 0);
  int accepted = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    const int length = 1 + static_cast<int>(random.uniform() * 12);
    for (int k = 0; k < length; ++k) text += pieces[random.uniform() * 26];
    try {
      compile(text);
      ++accepted;
    } catch (const Error& error) {
      REQUIRE(error.status() == Status::case_file);
      REQUIRE(contains(error.what(), "case.toml:"));
    }
  }
  REQUIRE(accepted > 100);
}
