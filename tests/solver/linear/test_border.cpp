// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/linear/border.hpp"
#include "support/catch.hpp"

using namespace ddpinn;

namespace {

/// S = [[4, 1], [1, 2]] in units that differ by 1e6.
Matrix example() {
  Matrix s(2, 2);
  s(0, 0) = 4;
  s(0, 1) = s(1, 0) = 1e6;
  s(1, 1) = 2e12;
  return s;
}

}  // namespace

TEST_CASE("Of scalars with the same effect one is solved for, and neither is unique") {
  Matrix s(3, 3);  // the third has 1e-3 times the effect of the first, the second one of its own
  s(0, 0) = 4;
  s(1, 1) = 2;
  s(0, 1) = s(1, 0) = 1;
  s(2, 2) = 4e-6;
  s(0, 2) = s(2, 0) = 4e-3;
  s(1, 2) = s(2, 1) = 1e-3;
  const auto found = determined(s, {true, true, true});
  REQUIRE(found.solved == std::vector<bool>{true, true, false});
  REQUIRE(found.unique == std::vector<bool>{false, true, false});
  REQUIRE(determined(s, {false, true, true}).unique == std::vector<bool>{false, true, true});
}

TEST_CASE("Without active bounds the scalars solve the normal equations") {
  const auto n = bounded_minimum(example(), {-6, -5e6}, {true, true}, {-9, -9}, {9, 9});
  REQUIRE(n[0] == Approx(1).epsilon(1e-12));
  REQUIRE(n[1] == Approx(2e-6).epsilon(1e-12));
}

TEST_CASE("A scalar stays at the bound that it would leave, and the others are solved for anew") {
  const auto n = bounded_minimum(example(), {-6, -5e6}, {true, true}, {-9, -9}, {9, 1e-6});
  REQUIRE(n[1] == 1e-6);
  REQUIRE(n[0] == Approx((6 - 1) / 4.0));
}

TEST_CASE("Scalars that are not free do not move") {
  const auto n = bounded_minimum(example(), {-6, -5e6}, {true, false}, {-9, -9}, {9, 9});
  REQUIRE(n[0] == Approx(1.5));
  REQUIRE(n[1] == 0);
}

TEST_CASE("A step to a bound ends exactly there") {
  const Unknown unknown{"a", 0.1, 1e-3, 0.7};
  REQUIRE(0.1 + (1e-3 - 0.1) != 1e-3);
  REQUIRE(moved(0.1, 1e-3 - 0.1, unknown) == 1e-3);
  REQUIRE(moved(0.1, 0.7 - 0.1, unknown) == 0.7);
  REQUIRE(moved(0.1, 0.25, unknown) == 0.1 + 0.25);
}

TEST_CASE("Independent deviations add up to the covariance, in units that differ by 1e6") {
  const auto covariance = example();
  Matrix sum(2, 2);
  for (const auto& change : deviations(covariance))
    for (std::size_t i = 0; i < 2; ++i)
      for (std::size_t j = 0; j < 2; ++j) sum(i, j) += change[i] * change[j];
  for (std::size_t i = 0; i < 2; ++i)
    for (std::size_t j = 0; j < 2; ++j) REQUIRE(sum(i, j) == Approx(covariance(i, j)).epsilon(1e-12));
  REQUIRE(deviations(Matrix(2, 2)).empty());
}
