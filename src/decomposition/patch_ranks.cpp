// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "decomposition/patch_ranks.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace ddpinn {

std::vector<int> patch_ranks(const std::vector<PatchMembers>& patches, const std::vector<int>& owner,
                             const std::vector<double>& rows) {
  const auto owner_of = [&](int k) { return owner[k]; };
  std::vector<double> work;
  std::vector<bool> free;  // to choose
  for (const auto& patch : patches) {
    double sum = 0;
    for (int k : patch.subdomains) sum += rows[k];
    work.push_back(sum * sum);
    free.push_back(std::ranges::any_of(
        patch.subdomains, [&](int k) { return owner_of(k) != owner_of(patch.subdomains.front()); }));
  }
  std::vector<std::size_t> order(patches.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return std::pair(bool(free[i]), -work[i]); });
  std::vector<double> load(owner.empty() ? 0 : 1 + static_cast<std::size_t>(std::ranges::max(owner)), 0.0);
  std::vector<int> rank(patches.size());
  for (auto i : order) {
    rank[i] = owner_of(patches[i].home);
    for (int k : patches[i].subdomains)
      if (load[owner_of(k)] < load[rank[i]]) rank[i] = owner_of(k);
    load[rank[i]] += work[i];
  }
  return rank;
}

}  // namespace ddpinn
