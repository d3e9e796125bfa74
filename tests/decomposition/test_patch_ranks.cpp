// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "decomposition/patch_ranks.hpp"

#include "decomposition/decomposition_support.hpp"
#include "decomposition/distribution.hpp"
#include "support/catch.hpp"

#include <algorithm>

using namespace ddpinn;
using namespace ddpinn::test;

TEST_CASE("A patch's rank owns one of its subdomains, and the work is shared out evenly") {
  const Decomposition decomposition(example_box(3), equal_cores({4, 4, 4}), 2);
  const auto all = patches(decomposition, PatchKind::cluster);
  const std::vector<double> rows(decomposition.size(), 10.0);
  for (int ranks : {1, 2, 3}) {
    const auto owner = distribute(decomposition, ranks, {});
    const auto rank = patch_ranks(all, owner, rows);
    REQUIRE(rank.size() == all.size());
    std::vector<double> load(ranks, 0);
    for (std::size_t i = 0; i < all.size(); ++i) {
      REQUIRE(std::ranges::any_of(all[i].subdomains, [&](int k) { return owner[k] == rank[i]; }));
      load[rank[i]] += static_cast<double>(all[i].subdomains.size() * all[i].subdomains.size());
    }
    if (ranks == 2) REQUIRE(std::ranges::max(load) < 1.1 * std::ranges::min(load));
  }
}
