// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "network/jet_space.hpp"

#include <algorithm>
#include <set>

namespace ddpinn {

double factorial(const MultiIndex& alpha) {
  double product = 1;
  for (auto a : alpha)
    for (int k = 2; k <= a; ++k) product *= k;
  return product;
}

bool divides(const MultiIndex& beta, const MultiIndex& alpha) {
  for (int d = 0; d < max_dimension; ++d)
    if (beta[d] > alpha[d]) return false;
  return true;
}

MultiIndex difference(const MultiIndex& alpha, const MultiIndex& beta) {
  MultiIndex result{};
  for (int d = 0; d < max_dimension; ++d) result[d] = static_cast<std::uint8_t>(alpha[d] - beta[d]);
  return result;
}

JetSpace::JetSpace(int dimension, std::span<const MultiIndex> wanted) : dimension_(dimension) {
  std::set<MultiIndex> closed{MultiIndex{}};
  std::vector<MultiIndex> open(wanted.begin(), wanted.end());
  while (!open.empty()) {
    const auto alpha = open.back();
    open.pop_back();
    if (!closed.insert(alpha).second) continue;
    for (int d = 0; d < max_dimension; ++d)
      if (alpha[d] > 0) {
        auto smaller = alpha;
        --smaller[d];
        open.push_back(smaller);
      }
  }
  indices_.assign(closed.begin(), closed.end());
  std::ranges::sort(indices_, [](const auto& a, const auto& b) {
    return ddpinn::order(a) != ddpinn::order(b) ? ddpinn::order(a) < ddpinn::order(b) : a > b;
  });
  order_ = ddpinn::order(indices_.back());
  factors_.resize(indices_.size());
  for (std::size_t i = 0; i < indices_.size(); ++i)
    for (std::size_t left = 0; left < indices_.size(); ++left)
      if (divides(indices_[left], indices_[i]))
        factors_[i].push_back({left, index_of(difference(indices_[i], indices_[left]))});
}

std::size_t JetSpace::index_of(const MultiIndex& alpha) const {
  return std::ranges::find(indices_, alpha) - indices_.begin();
}

}  // namespace ddpinn
