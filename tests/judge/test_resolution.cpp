// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "judge/resolution.hpp"

#include "support/catch.hpp"

#include <cmath>
#include <numeric>

using namespace ddpinn;

namespace {

/// Squares of the coefficients that a rule gives for the degrees from 0 to the highest one.
template <class Rule>
std::vector<double> squares(Rule&& rule, int highest = 12) {
  std::vector<double> result;
  for (int k = 0; k <= highest; ++k) result.push_back(std::pow(rule(k), 2));
  return result;
}

}  // namespace

TEST_CASE("Coefficients that fall to the last are not stagnant, those of even functions included",
          "[resolution]") {
  REQUIRE(stagnant(squares([](int k) { return std::exp(-0.5 * k); }), 12) == 0);
  REQUIRE(stagnant(squares([](int k) { return k % 2 == 0 ? std::exp(-0.5 * k) : 0; }), 12) == 0);
  REQUIRE(stagnant(squares([](int k) { return std::pow(k + 1.0, -12); }), 12) == 0);
}

TEST_CASE("Of coefficients that stop to fall, all from there on are stagnant", "[resolution]") {
  const auto plateau = squares([](int k) { return k < 3 ? 1.0 : 1e-3; });
  REQUIRE(stagnant(plateau, 12) == Approx(10e-6));
  REQUIRE(stagnant(plateau, 7) == Approx(5e-6));
  REQUIRE(stagnant(plateau, 3) == 0);
  REQUIRE(stagnant(squares([](int) { return 1.0; }), 12) == Approx(13));
}

TEST_CASE("Coefficients that fall by a power of the degree are stagnant at the end", "[resolution]") {
  const auto slow = squares([](int k) { return std::pow(k + 1.0, -2); });
  REQUIRE(stagnant(slow, 12) > slow[12]);
  REQUIRE(stagnant(slow, 12) < std::reduce(slow.begin() + 4, slow.end()));
}

TEST_CASE("What is beyond half the degree is known of coefficients that fall by a power of it",
          "[resolution]") {
  for (const double power : {1.0, 1.9, 3.0})
    for (const int degree : {16, 30}) {
      const auto endless = squares([&](int k) { return std::pow(k + 1.0, -power); }, 10000);
      const double beyond = std::reduce(endless.begin() + degree / 2, endless.end());
      // least squares lose the last ones
      auto found = std::vector(endless.begin(), endless.begin() + degree + 1);
      for (int k = degree * 3 / 4; k <= degree; ++k) found[k] = 0;
      INFO("power " << power << ", degree " << degree);
      REQUIRE(algebraic_tail(found, degree) > 0.7 * beyond);
      REQUIRE(algebraic_tail(found, degree) < 1.5 * beyond);
    }
}

TEST_CASE("Coefficients that fall exponentially, or not at all, have no algebraic tail", "[resolution]") {
  for (const double rate : {0.3, 1.0, 2.0})
    for (const int degree : {16, 30}) {
      const auto falls = [&](int k) { return std::exp(-rate * k); };
      REQUIRE(algebraic_tail(squares(falls, degree), degree) == 0);
      const auto to_rounding = [&](int k) { return std::max(falls(k), 1e-12); };
      REQUIRE(algebraic_tail(squares(to_rounding, degree), degree) == 0);
      const auto even = [&](int k) { return k % 2 == 0 ? falls(k) : 0.0; };
      REQUIRE(algebraic_tail(squares(even, degree), degree) == 0);
    }
  REQUIRE(algebraic_tail(squares([](int) { return 1.0; }, 30), 30) == 0);
  REQUIRE(algebraic_tail(squares([](int) { return 0.0; }, 30), 30) == 0);
}
