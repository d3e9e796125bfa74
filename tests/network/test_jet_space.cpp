// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "network/jet_space.hpp"

#include "network/network_support.hpp"
#include "support/catch.hpp"

#include <algorithm>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

/// A polynomial as its coefficients by exponent; its jet at zero over a space is a part of them.
std::vector<double> random_jet(const JetSpace& space, Random& random) {
  std::vector<double> jet(space.size());
  for (auto& value : jet) value = random.uniform(-1, 1);
  return jet;
}

}  // namespace

TEST_CASE("A jet space is the smallest downward-closed set, ascending in order") {
  Random random(1, 0);
  for (int dimension = 1; dimension <= max_dimension; ++dimension)
    for (int trial = 0; trial < 20; ++trial) {
      const auto wanted = random_multi_indices(dimension, 3, random);
      const JetSpace space(dimension, wanted);
      REQUIRE(space.dimension() == dimension);
      REQUIRE(space[0] == MultiIndex{});
      REQUIRE(std::ranges::is_sorted(space.indices(), {}, [](const auto& a) { return order(a); }));
      REQUIRE(space.order() == order(space.indices().back()));
      for (std::size_t i = 0; i < space.size(); ++i) {
        REQUIRE(space.index_of(space[i]) == i);
        const auto above = [&](const MultiIndex& alpha) { return divides(space[i], alpha); };
        REQUIRE((i == 0 || std::ranges::any_of(wanted, above)));
      }
      for (const auto& alpha : wanted)
        for (const auto& beta : multi_indices(dimension, max_order))
          if (divides(beta, alpha)) REQUIRE(space.index_of(beta) < space.size());
    }
}

TEST_CASE("The factors of a multi-index are all pairs that add up to it") {
  const JetSpace space(3, multi_indices(3, max_order));
  for (std::size_t i = 0; i < space.size(); ++i) {
    std::size_t expected = 1;
    for (auto a : space[i]) expected *= a + std::size_t{1};
    REQUIRE(space.factors(i).size() == expected);
    for (const auto& [left, right] : space.factors(i))
      for (std::size_t d = 0; d < 3; ++d) REQUIRE(space[left][d] + space[right][d] == space[i][d]);
  }
}

TEST_CASE("Products of jets commute, and are associative") {
  Random random(2, 0);
  const JetSpace space(2, random_multi_indices(2, 3, random));
  const auto times = [&](const std::vector<double>& f, const std::vector<double>& g) {
    std::vector<double> h(space.size(), 0);
    for (std::size_t i = 0; i < space.size(); ++i)
      for (const auto& [left, right] : space.factors(i)) h[i] += f[left] * g[right];
    return h;
  };
  const auto f = random_jet(space, random), g = random_jet(space, random), h = random_jet(space, random);
  const auto one = times(times(f, g), h), other = times(f, times(h, g));
  for (std::size_t i = 0; i < space.size(); ++i) REQUIRE(one[i] == Approx(other[i]).margin(1e-14));
}

TEST_CASE("Multi-indices have factorials and differences") {
  REQUIRE(factorial({3, 2, 0, 4}) == 6.0 * 2 * 24);
  REQUIRE(factorial({}) == 1);
  REQUIRE(divides({1, 0, 2, 0}, {1, 1, 2, 0}));
  REQUIRE(!divides({2, 0, 0, 0}, {1, 3, 0, 0}));
  REQUIRE(difference({3, 1, 2, 0}, {1, 1, 0, 0}) == MultiIndex{2, 0, 2, 0});
}
