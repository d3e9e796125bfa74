// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/expression_support.hpp"
#include "support/catch.hpp"

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

std::string error_of(const std::string& text) {
  return message_of([&] { compile(text); });
}

/// The whole message for a mistake in an expression of one line. @param column of the mistake, from 0
std::string complete(const std::string& text, int column, const std::string& what) {
  return "case.toml:12:" + std::to_string(13 + column) + ": " + what + "\n  " + text + "\n  " +
         std::string(column, ' ') + "^";
}

const std::string known_functions =
    "(known are where, d, sin, cos, tan, asin, acos, atan, sinh, cosh, tanh, exp, log, sqrt, abs, sign, erf, "
    "erfc, atan2, "
    "minimum, maximum, hypot)";

struct Mistake {
  std::string text;
  int column;
  std::string what;
};

void require_each(const std::vector<Mistake>& mistakes) {
  for (const auto& [text, column, what] : mistakes) REQUIRE(error_of(text) == complete(text, column, what));
}

}  // namespace

TEST_CASE("unknown names are explained", "[expression]") {
  const std::string remedy =
      "(the coordinates are x, y); derivatives are written as u_ and coordinates, such as u_xy";
  const std::string known = "(known are x, y, u, v, u_s, k, f, r, pi); ";
  require_each({
      {"-(u_xx + u_yy) - u_xz", 17, "unknown name 'u_xz' " + remedy},
      {"u_", 0, "unknown name 'u_' " + known + "did you mean 'u'?"},
      {"1 + ff", 4, "unknown name 'ff' " + known + "did you mean 'f'?"},
      {"viscosity", 0,
       "unknown name 'viscosity' " + known +
           "define it in [parameters] or [definitions], or list it in fields"},
      {"w", 0,
       "unknown name 'w' " + known + "define it in [parameters] or [definitions], or list it in fields"},
      {"R", 0, "unknown name 'R' " + known + "did you mean 'r'?"},
      {"T_xy", 0, "unknown name 'T_xy' " + known + "if 'T' is a field, list it in fields"},
      {"sinn(x)", 0, "unknown function 'sinn' " + known_functions + "; did you mean 'sin'?"},
      {"gamma(x)", 0, "unknown function 'gamma' " + known_functions + "; write it with these"},
      {"min(x, t)", 0, "unknown function 'min' " + known_functions + "; write minimum(a, b)"},
      {"x + ln(x)", 4, "unknown function 'ln' " + known_functions + "; the natural logarithm is log"},
      {"heaviside(x)", 0, "unknown function 'heaviside' " + known_functions + "; write where(a > 0, 1, 0)"},
      {"f_x", 0,
       "unknown name 'f_x' ('f' is a definition, and derivatives of these are written as d(f, ...)); write "
       "d(f, x)"},
      {"n_xy", 0,
       "unknown name 'n_xy' (a component of the normal has one coordinate); write a product such as n_x*n_y"},
      {"u if x > 0", 2, "an operator was expected before 'if'; write products with *"},
      {"if", 0,
       "'if' is not part of the language (expressions have no statements); write where(condition, a, b)"},
      {"u_xxyyx", 0,
       "'u_xxyyx' is a derivative of order 5 (the highest order is 4); introduce a further field for a lower "
       "derivative "
       "and an equation for it"},
  });
}

TEST_CASE("functions are checked for their arguments", "[expression]") {
  require_each({
      {"sin(x, y)", 0, "'sin' has 2 arguments (it takes 1); write sin(a)"},
      {"sin()", 0, "'sin' has 0 arguments (it takes 1); write sin(a)"},
      {"2*atan2(x)", 2, "'atan2' has 1 arguments (it takes 2); write atan2(a, b)"},
      {"where(x > 0, 1)", 0, "'where' has 2 arguments (it takes 3); write where(condition, a, b)"},
      {"sin", 0, "'sin' is a function and needs arguments; write sin(...)"},
      {"u(x)", 0, "'u' is not a function (a '(' follows it); write products with *, such as u*(x)"},
      {"sin(x > 0)", 0,
       "argument 1 of sin is a condition where a number was expected; write where(condition, 1, 0)"},
      {"where(x, 1, 2)", 0,
       "the first argument of where is a number where a condition was expected; write a comparison such as x "
       "> 0, and "
       "parentheses around each one joined by & or |"},
  });
}

TEST_CASE("conditions and numbers are not mixed", "[expression]") {
  const std::string comparison =
      " a number where a condition was expected; write a comparison such as x > 0, and parentheses around "
      "each one "
      "joined by & or |";
  const std::string number = " a condition where a number was expected; write where(condition, 1, 0)";
  require_each({
      {"x < y < 1", 6,
       "comparisons can't be chained (a < b < c has no elementwise meaning); write (a < b) & (b < c)"},
      {"x > 0 & y > 0", 6, "'&' has" + comparison},
      {"x and y > 0", 2, "'and' has" + comparison},
      {"not x", 0, "'not' has" + comparison},
      {"1 + (x > 0)", 2, "'+' has" + number},
      {"-(x > 0)", 0, "'-' has" + number},
      {"(x > 0) == (y > 0)", 8, "'==' has" + number},
  });
}

TEST_CASE("wrong grammar is shown at its place", "[expression]") {
  require_each({
      {"", 0, "the expression is empty (a number or a formula was expected); write one"},
      {"x +", 3, "the expression ends too early (a value was expected); complete it"},
      {"x * / y", 4, "a value was expected before '/'; write a number, a name or parentheses"},
      {"2 x", 2, "an operator was expected before 'x'; write products with *"},
      {"(2 x)", 3, "')' or an operator was expected before 'x'; write products with *"},
      {"((x", 1, "this '(' is never closed; add a ')'"},
      {"sin(x", 3, "this '(' is never closed; add a ')'"},
      {"x)", 1, "there is no '(' for this ')'; remove it"},
      {"()", 1, "the parentheses are empty; write an expression between them"},
      {"x, y", 1, "a comma stands outside of a function's arguments; remove it"},
  });
}

TEST_CASE("characters and numbers that can't be read are shown", "[expression]") {
  const auto after = [](const std::string& number, char c) {
    return "a number ends in '" + std::string(1, c) + "' (after " + number +
           " an operator was expected); write products with *, such as 2*x, and powers of ten as 1e-3";
  };
  require_each({
      {"x^2", 1, "'^' is not an operator here; write powers as **, such as x**2"},
      {"x = 1", 2,
       "'=' is not an operator here; write an equation left = right as left - (right), and == to "
       "compare"},
      {"x // 2", 2, "'//' is not an operator here; write / (all numbers are real)"},
      {"!x", 0, "'!' is not an operator here; write not, or != to compare"},
      {"x; y", 1,
       "unexpected character ';' (expressions are made of names, numbers, operators, parentheses and "
       "commas); remove it"},
      {"x*\xC2\xB5", 2,
       "unexpected character '\xC2\xB5' (expressions are made of names, numbers, operators, parentheses and "
       "commas); "
       "remove it"},
      {"2x", 1, after("2", 'x')},
      {"1.2.3", 3, after("1.2", '.')},
      {"1e", 1, after("1", 'e')},
      {"1e999", 0, "the number 1e999 does not fit into double precision (1e-308 to 1e308); scale it"},
      {std::string(101, 'a'), 0, "a name has 101 characters (at most 100 are allowed); shorten it"},
  });
}

TEST_CASE("constants have to be finite where they matter", "[expression]") {
  const std::string why = " (a division by zero, or a function outside of its range); change it";
  require_each({
      {"x + 1/0", 5, "a constant is infinite" + why},
      {"x*log(-k)", 2, "a constant is not a number" + why},
  });
  REQUIRE(value_at("where(k > 5, log(5 - 2*k), x)", 2, 0) == 2);
}

TEST_CASE("errors in further lines have their own line and column", "[expression]") {
  REQUIRE(error_of("3*\n(x + \n\tzz)") ==
          "case.toml:14:2: unknown name 'zz' (known are x, y, u, v, u_s, k, f, r, pi); define it in "
          "[parameters] or "
          "[definitions], or list it in fields\n  \tzz)\n  \t^");
}

TEST_CASE("a text without a place is reported without one", "[expression]") {
  REQUIRE(message_of([] {
            Expression({"x +", {}}, example_scope());
          }) == "the expression ends too early (a value was expected); complete it\n  x +\n     ^");
}

TEST_CASE("errors in definitions are shown in the definition", "[expression]") {
  Scope scope = example_scope();
  scope.definitions = {{"a", {"2*b", {"case.toml", 3, 6}}}, {"b", {"2*b", {"case.toml", 4, 6}}}};
  const auto error = [&](const std::string& text) {
    return message_of([&] { Expression(text_of(text), scope); });
  };
  REQUIRE(error("x + a") ==
          "case.toml:3:8: the definition 'b' is not known yet (a definition may use only those before "
          "it); move it before this one\n  2*b\n    ^");
  REQUIRE(contains(error("x + b"), "case.toml:4:8: the definition 'b' is not known yet"));
  REQUIRE(error("x").empty());
}

TEST_CASE("a field named like the normal is ambiguous only where there are normals", "[expression]") {
  Scope scope = example_scope();
  scope.fields = {"n"};
  REQUIRE(contains(
      message_of([&] { Expression(text_of("n_x"), scope); }),
      "'n_x' is ambiguous (a derivative of the field 'n', and a component of the normal); rename the field"));
  scope.normals = false;
  REQUIRE(Expression(text_of("n_x"), scope).uses_fields());
}

TEST_CASE("the kind of value is checked where it is known", "[expression]") {
  Scope scope = example_scope();
  scope.expected = Value::number;
  REQUIRE(contains(message_of([&] { Expression(text_of("x > 0"), scope); }),
                   "case.toml:12:13: the expression is a condition (a number was expected); write "
                   "where(condition, 1, 0)"));
  scope.expected = Value::condition;
  REQUIRE(
      contains(message_of([&] { Expression(text_of("x"), scope); }),
               "the expression is a number (a condition was expected); write a comparison such as x > 0"));
}

TEST_CASE("a scope needs one to four coordinates", "[expression]") {
  Scope scope;
  REQUIRE(contains(message_of([&] { Expression(text_of("1"), scope); }),
                   "there are 0 coordinates (expressions need 1 to 4)"));
  scope.coordinates = {"a", "b", "c", "d", "e"};
  REQUIRE(contains(message_of([&] { Expression(text_of("1"), scope); }), "there are 5 coordinates"));
}

TEST_CASE("deep nesting is an error, not a crash", "[expression]") {
  const std::string open(100000, '('), minus(100000, '-');
  REQUIRE(contains(error_of(open + "x"), "nested too deeply (more than 500 levels)"));
  REQUIRE(contains(error_of(minus + "x"), "nested too deeply (more than 500 levels)"));
  REQUIRE(value_at(std::string(200, '(') + "x" + std::string(200, ')'), 3, 0) == 3);
}

TEST_CASE("columns that do not fit and points for fields are refused", "[expression]") {
  REQUIRE(contains(message_of([] { compile("u*x").evaluate({}, 2); }), "the columns do not fit"));
  REQUIRE(contains(message_of([] { compile("u*x").at({}); }), "the expression uses fields or normals"));
}
