// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "decomposition/distribution.hpp"

#include <algorithm>
#include <numeric>
#include <span>

namespace ddpinn {

namespace {

Point center(const Box& box) {
  Point c{};
  for (int d = 0; d < box.dimension; ++d) c[d] = (box.lower[d] + box.upper[d]) / 2;
  return c;
}

/// The direction in which the cells of the subdomains spread most: counted in cells, since those are what
/// borders cut.
int longest_direction(const Decomposition& decomposition, std::span<const int> members, int whole) {
  int best = std::max(0, whole), best_extent = whole < 0 ? -1 : 0;
  for (int d = 0; d < decomposition.dimension(); ++d) {
    const auto cell = [&](int k) { return decomposition[k].cell[d]; };
    const auto [low, high] = std::ranges::minmax(members, {}, cell);
    if (d != whole && cell(high) - cell(low) > best_extent) {
      best = d;
      best_extent = cell(high) - cell(low);
    }
  }
  return best;
}

void bisect(const Decomposition& decomposition, const std::vector<double>& weight, std::span<int> members,
            int whole, int first, int ranks, std::vector<int>& owner) {
  if (ranks == 1 || members.empty()) {
    for (int k : members) owner[k] = first;
    return;
  }
  const int d = longest_direction(decomposition, members, whole);
  std::ranges::sort(members, {}, [&](int k) { return std::pair(decomposition[k].cell[d], k); });
  const auto work = [&](int k) {
    return weight.empty() ? static_cast<double>(decomposition.sheets(k).size()) : weight[k];
  };
  const double total =
      std::accumulate(members.begin(), members.end(), 0.0, [&](double s, int k) { return s + work(k); });
  const int left_ranks = ranks / 2;
  const double target = total * left_ranks / ranks;
  std::size_t cut = 0;
  for (double sum = 0; cut < members.size() && sum + work(members[cut]) / 2 < target; ++cut)
    sum += work(members[cut]);
  bisect(decomposition, weight, members.first(cut), whole, first, left_ranks, owner);
  bisect(decomposition, weight, members.subspan(cut), whole, first + left_ranks, ranks - left_ranks, owner);
}

}  // namespace

std::vector<int> distribute(const Decomposition& decomposition, int ranks, const std::vector<double>& weight,
                            int whole) {
  std::vector<int> owner(decomposition.size(), 0);
  std::vector<int> cores(decomposition.cores());
  std::iota(cores.begin(), cores.end(), 0);
  bisect(decomposition, weight, cores, whole, 0, ranks, owner);
  for (int k = decomposition.cores(); k < decomposition.size(); ++k) {
    const auto& subdomain = decomposition[k];
    const int core = subdomain.level == 0 ? subdomain.first : decomposition.core_at(center(subdomain.core));
    owner[k] = owner[core];
  }
  return owner;
}

}  // namespace ddpinn
