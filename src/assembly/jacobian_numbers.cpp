// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/jacobian_numbers.hpp"

#include <algorithm>

namespace ddpinn {

JacobianNumbers::JacobianNumbers(const Rows& rows, const Linearisation& linear)
    : comparable_(!rows.family().trained && !rows.model().is_weak()) {
  if (!comparable_) return;
  add_networks(rows);
  for (const auto& chunk : rows.rows().chunks) {
    order_.push_back(static_cast<long long>(chunk.begin));
    order_.insert(order_.end(), chunk.subdomains.begin(), chunk.subdomains.end());
  }
  for (std::size_t g = 0; g < rows.rows().groups.size(); ++g) {
    add_group(rows, g);
    for (const auto& statement : linear.derivative[g]) add_slopes(statement);
  }
}

bool JacobianNumbers::equal(const JacobianNumbers& other) const {
  return comparable_ && other.comparable_ && order_ == other.order_ &&
         DistinctNumbers::equal(columns_, other.columns_);
}

void JacobianNumbers::add_networks(const Rows& rows) {
  const auto& family = rows.family();
  const auto& shape = family.shape;
  order_ = {static_cast<long long>(family.seed), family.shared ? 1 : 0,
            static_cast<long long>(shape.features()), static_cast<long long>(rows.columns())};
  for (const auto& alpha : shape.exponents()) order_.insert(order_.end(), alpha.begin(), alpha.end());
  columns_.push_back({family.scale});
  auto& widths = columns_.emplace_back();
  for (const auto& block : rows.blocks()) {
    const auto half = rows.decomposition().half_widths(block.subdomain);
    widths.insert(widths.end(), half.begin(), half.begin() + rows.decomposition().dimension());
  }
}

/// A column for each coordinate and derivative of a window, by direction: their sizes have nothing to do with
/// each other.
void JacobianNumbers::add_group(const Rows& rows, std::size_t g) {
  const auto& group = rows.rows().groups[g];
  const auto& space = group.space;
  const auto dimension = static_cast<std::size_t>(space.dimension());
  for (const auto& [field, alpha, side] : group.derivatives) {
    order_.insert(order_.end(), {field, static_cast<long long>(side)});
    order_.insert(order_.end(), alpha.begin(), alpha.end());
  }
  std::vector<std::vector<double>> xi(dimension), window(space.size());
  for (std::size_t i = 0; i < group.points.size(); ++i) {
    order_.insert(order_.end(), {static_cast<long long>(group.chunk[i]), static_cast<long long>(group.row[i]),
                                 static_cast<long long>(group.stride[i]), std::ssize(group.cover[i])});
    for (const auto& cover : group.cover[i]) {
      order_.insert(order_.end(), {cover.subdomain, static_cast<long long>(cover.side)});
      for (std::size_t d = 0; d < dimension; ++d) xi[d].push_back(cover.xi[d]);
      for (std::size_t a = 0; a < space.size(); ++a) window[a].push_back(cover.window_jet(space[a]));
    }
  }
  for (auto* columns : {&xi, &window}) std::ranges::move(*columns, std::back_inserter(columns_));
  for (const auto& factor : rows.bases()[g].factors())
    columns_.insert(columns_.end(), factor.begin(), factor.end());
}

void JacobianNumbers::add_slopes(const GroupBasis::Linearised& slopes) {
  order_.push_back(std::ssize(slopes));
  columns_.insert(columns_.end(), slopes.begin(), slopes.end());
}

}  // namespace ddpinn
