// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/divergence_form.hpp"
#include "support/catch.hpp"

using namespace ddpinn;

namespace {

std::optional<Conservation> law(const std::string& residual) {
  Equation equation;
  equation.name = "heat";
  equation.residual.value = residual;
  return law_of(equation, {"x", "y", "t"});
}

std::string source(const std::string& residual) {
  const auto found = law(residual);
  return found && found->source ? found->source->value : "none";
}

}  // namespace

TEST_CASE("Terms d(..., x) of a sum are the flux, and minus the others its source") {
  const auto found = law("d(k*u_x, x) - d(b*(u + 1), y) + f - u_t");
  REQUIRE(found);
  CHECK(found->name == "heat");
  CHECK(found->solve);
  CHECK(found->flux.size() == 2);
  CHECK(found->flux.at("x").value == "(k*u_x)");
  CHECK(found->flux.at("y").value == "-(b*(u + 1))");
  CHECK(found->source->value == "-(f) + (u_t)");
}

TEST_CASE("Terms along one coordinate are added, and there may be no source") {
  const auto found = law("d(u_x, x) - d( maximum(u, 0) , x )");
  REQUIRE(found);
  CHECK(found->flux.at("x").value == "(u_x) - (maximum(u, 0))");
  CHECK_FALSE(found->source);
}

TEST_CASE("Signs of factors, of exponents and within parentheses end no term") {
  CHECK(source("d(u_x, x) + 2e-3*(a - b)*-c") == "-(2e-3*(a - b)*-c)");
  CHECK(source("-d(u_x, x) - e-f") == "(e) + (f)");
  CHECK(source("d(u_x, x) + x**-2") == "-(x**-2)");
}

TEST_CASE("What is no derivative of a whole term, or along no coordinate, is no flux") {
  CHECK_FALSE(law("u_xx + u_yy"));
  CHECK_FALSE(law("k*d(u_x, x)"));
  CHECK_FALSE(law("d(u_x, x)*(1 + x)"));
  CHECK_FALSE(law("d(u_x, z)"));
  CHECK_FALSE(law("depth(u, x)"));
}
