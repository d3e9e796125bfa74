// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "network/legendre_sums.hpp"

#include <algorithm>
#include <numeric>

namespace ddpinn {

LegendreSums::LegendreSums(int dimension, const std::vector<MultiIndex>& degrees,
                           const std::vector<MultiIndex>& derivatives)
    : directions_(static_cast<std::size_t>(dimension)) {
  find_nodes(degrees);
  find_orders(derivatives);
}

void LegendreSums::find_nodes(const std::vector<MultiIndex>& degrees) {
  product_.resize(degrees.size());
  std::iota(product_.begin(), product_.end(), 0);
  std::ranges::stable_sort(product_, {}, [&](std::size_t j) { return degrees[j]; });
  std::vector<std::size_t> parent(degrees.size(), 0);  // of each product, in this order
  for (std::size_t d = 0; d < directions_.size(); ++d) {
    auto& direction = directions_[d];
    direction.parents = d == 0 ? 1 : directions_[d - 1].nodes.size();
    const bool last = d + 1 == directions_.size();
    for (std::size_t i = 0; i < product_.size(); ++i) {
      const Node node{parent[i], degrees[product_[i]][d]};
      const auto* before = i == 0 || last ? nullptr : &direction.nodes.back();
      if (!before || before->parent != node.parent || before->degree != node.degree)
        direction.nodes.push_back(node);
      parent[i] = direction.nodes.size() - 1;
    }
  }
}

void LegendreSums::find_orders(const std::vector<MultiIndex>& derivatives) {
  auto wanted = derivatives;
  for (std::size_t d = 0; d < directions_.size(); ++d) {
    std::vector<MultiIndex> rests;
    for (auto alpha : wanted) {
      const int first = alpha[d];
      alpha[d] = 0;
      const auto found = std::ranges::find(rests, alpha);
      directions_[d].orders.push_back({first, static_cast<std::size_t>(found - rests.begin())});
      if (found == rests.end()) rests.push_back(alpha);
    }
    wanted = std::move(rests);
  }
}

void LegendreSums::sum(const LegendreProducts& products, const double* coefficients, double* to,
                       std::size_t stride) {
  const auto n = products.points();
  std::size_t rests = 1;
  more_.clear();
  for (auto j : product_) more_.insert(more_.end(), n, coefficients[j]);
  for (std::size_t d = directions_.size(); d-- > 0;) {
    const auto& [nodes, parents, orders] = directions_[d];
    sums_.assign(parents * orders.size() * n, 0.0);
    for (std::size_t i = 0; i < nodes.size(); ++i)
      for (std::size_t o = 0; o < orders.size(); ++o) {
        if (orders[o].first > nodes[i].degree) continue;
        const double* factor = products.at(d, orders[o].first, nodes[i].degree);
        const double* from = more_.data() + (i * rests + orders[o].rest) * n;
        double* sum = sums_.data() + (nodes[i].parent * orders.size() + o) * n;
        for (std::size_t k = 0; k < n; ++k) sum[k] += factor[k] * from[k];
      }
    more_.swap(sums_);
    rests = orders.size();
  }
  for (std::size_t o = 0; o < rests; ++o) std::copy_n(more_.data() + o * n, n, to + o * stride);
}

}  // namespace ddpinn
