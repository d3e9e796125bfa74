// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "judge/resolution.hpp"

#include "support/catch.hpp"

#include <cmath>
#include <numeric>

using namespace ddpinn;

namespace {

/// Squares of the coefficients that a rule gives for the degrees from 0 to 12.
template <class Rule>
std::vector<double> squares(Rule&& rule) {
  std::vector<double> result;
  for (int k = 0; k <= 12; ++k) result.push_back(std::pow(rule(k), 2));
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
