// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "decomposition/patches.hpp"

#include "decomposition/decomposition_support.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <set>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

std::vector<Decomposition> examples() {
  auto levels = equal_cores({5, 4});
  levels.levels = {{2, 2}, {1, 1}};
  return {Decomposition(example_box(1), equal_cores({7}), 2),
          Decomposition(example_box(1, {true}), equal_cores({1}), 2),
          Decomposition(example_box(1, {true}), equal_cores({2}), 2),
          Decomposition(example_box(1, {true}), equal_cores({5}), 2),
          Decomposition(example_box(2), equal_cores({1, 1}), 2),
          Decomposition(example_box(2), levels, 2),
          Decomposition(example_box(2, {true, false}), equal_cores({4, 6}), 2),
          Decomposition(example_box(3), equal_cores({3, 4, 2}), 2),
          Decomposition(example_box(4), equal_cores({2, 3, 1, 2}), 2)};
}

/// Whether two subdomains of one level are the same or neighbours in its grid, around a corner or a period
/// too.
bool adjacent(const Decomposition& decomposition, int l, int m) {
  const auto &a = decomposition[l], &b = decomposition[m];
  if (a.level != b.level) return false;
  for (int d = 0; d < decomposition.dimension(); ++d) {
    const auto& axis = decomposition.axis(a.level, d);
    int distance = std::abs(a.cell[d] - b.cell[d]);
    if (axis.periodic()) distance = std::min(distance, axis.cells() - distance);
    if (distance > 1) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("Patches are sets of subdomains of one level, at home in one of them") {
  for (const auto& decomposition : examples())
    for (auto kind : {PatchKind::subdomain, PatchKind::vertex, PatchKind::cluster, PatchKind::neighbourhood})
      for (const auto& patch : patches(decomposition, kind)) {
        REQUIRE(!patch.subdomains.empty());
        REQUIRE(std::ranges::is_sorted(patch.subdomains));
        REQUIRE(std::ranges::adjacent_find(patch.subdomains) == patch.subdomains.end());
        REQUIRE(std::ranges::binary_search(patch.subdomains, patch.home));
        for (int k : patch.subdomains) REQUIRE(decomposition[k].level == decomposition[patch.home].level);
      }
}

TEST_CASE("Every subdomain is in a patch, and neighbours share one") {
  for (const auto& decomposition : examples())
    for (auto kind :
         {PatchKind::subdomain, PatchKind::vertex, PatchKind::cluster, PatchKind::neighbourhood}) {
      std::set<std::pair<int, int>> together;
      for (const auto& patch : patches(decomposition, kind))
        for (int l : patch.subdomains)
          for (int m : patch.subdomains) together.insert({l, m});
      for (int l = 0; l < decomposition.size(); ++l)
        for (int m = 0; m < decomposition.size(); ++m) {
          const bool wanted = kind == PatchKind::subdomain ? l == m : adjacent(decomposition, l, m);
          INFO("kind " << static_cast<int>(kind) << ", subdomains " << l << " and " << m);
          if (wanted) REQUIRE(together.contains({l, m}));
        }
    }
}

TEST_CASE("A neighbourhood is one subdomain and all its neighbours") {
  const Decomposition decomposition(example_box(2), equal_cores({4, 4}), 2);
  const auto all = patches(decomposition, PatchKind::neighbourhood);
  REQUIRE(all.size() == 16);
  std::multiset<std::size_t> sizes;
  for (const auto& patch : all) sizes.insert(patch.subdomains.size());
  REQUIRE(sizes.count(4) == 4);
  REQUIRE(sizes.count(6) == 8);
  REQUIRE(sizes.count(9) == 4);
}
