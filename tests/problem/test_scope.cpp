// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/expression_support.hpp"
#include "problem/scope.hpp"
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
