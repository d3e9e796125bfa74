// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "decomposition/distribution.hpp"

#include "decomposition/decomposition_support.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

std::map<int, int> counts(const std::vector<int>& owner, int cores) {
  std::map<int, int> result;
  for (int k = 0; k < cores; ++k) ++result[owner[k]];
  return result;
}

}  // namespace

TEST_CASE("Every subdomain has an owner, and every rank a fair share") {
  const Decomposition decomposition(example_box(2), equal_cores({7, 9}), 2);
  for (int ranks : {1, 2, 3, 4, 5, 7, 16, 63}) {
    INFO(ranks << " ranks");
    const auto owner = distribute(decomposition, ranks);
    REQUIRE(owner.size() == static_cast<std::size_t>(decomposition.size()));
    for (int rank : owner) REQUIRE((rank >= 0 && rank < ranks));
    const auto share = counts(owner, decomposition.cores());
    REQUIRE(share.size() == static_cast<std::size_t>(ranks));
    // Each bisection rounds to whole subdomains: at most one a level of the tree of ranks.
    const double fair = 63.0 / ranks, slack = std::ceil(std::log2(ranks));
    for (const auto& [rank, count] : share) REQUIRE(std::abs(count - fair) <= std::max(1.0, slack));
  }
}

TEST_CASE("More ranks than subdomains leave ranks empty, and no subdomain without an owner") {
  const Decomposition decomposition(example_box(2), equal_cores({2, 2}), 2);
  for (int ranks : {5, 8, 100}) {
    const auto owner = distribute(decomposition, ranks);
    for (int rank : owner) REQUIRE((rank >= 0 && rank < ranks));
    REQUIRE(std::set<int>(owner.begin(), owner.end()).size() == 4);
  }
}

TEST_CASE("Subdomains of one rank are compact") {
  const Decomposition decomposition(example_box(2), equal_cores({16, 16}), 2);
  const auto owner = distribute(decomposition, 16);
  for (int rank = 0; rank < 16; ++rank) {
    std::array<int, 2> lower{16, 16}, upper{-1, -1};
    for (int k = 0; k < decomposition.size(); ++k) {
      if (owner[k] != rank) continue;
      for (std::size_t d = 0; d < 2; ++d) {
        lower[d] = std::min(lower[d], decomposition[k].cell[d]);
        upper[d] = std::max(upper[d], decomposition[k].cell[d]);
      }
    }
    for (std::size_t d = 0; d < 2; ++d) REQUIRE(upper[d] - lower[d] + 1 == 4);
  }
}

TEST_CASE("Work, not the number of subdomains, is shared out") {
  const Decomposition decomposition(example_box(1), equal_cores({12}), 2);
  std::vector<double> weight(12, 1);
  std::fill(weight.begin(), weight.begin() + 3, 3.0);
  const auto owner = distribute(decomposition, 2, weight);
  REQUIRE(counts(owner, 12) == std::map<int, int>{{0, 3}, {1, 9}});
}

TEST_CASE("A coarse subdomain goes to the owner of the core at its centre") {
  auto options = equal_cores({6, 6});
  options.levels = {{3, 3}, {1, 1}};
  const Decomposition decomposition(example_box(2), options, 2);
  const auto owner = distribute(decomposition, 5);
  for (int k = decomposition.cores(); k < decomposition.size(); ++k) {
    const auto at = decomposition.core_at(decomposition[k].core.center());
    REQUIRE(owner[k] == owner[at]);
  }
}
