// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/jacobian_numbers.hpp"

#include <algorithm>

namespace ddpinn {

namespace {

/// A column for each coordinate, derivative of the window and of the factors: their sizes have nothing to do
/// with each other.
void add_basis(const GroupBasis& basis, int k, DistinctNumbers::Columns& columns) {
  const auto& group = basis.group();
  const auto& space = group.space;
  std::vector<std::vector<double>> xi(space.dimension()), window(space.size());
  auto& sides = columns.emplace_back();
  basis.for_each_cover(k, [&](std::size_t, const Cover& cover) {
    sides.push_back(static_cast<double>(cover.side));
    for (std::size_t d = 0; d < xi.size(); ++d) xi[d].push_back(cover.xi[d]);
    for (std::size_t a = 0; a < space.size(); ++a) window[a].push_back(cover.window_jet(space[a]));
  });
  for (auto* of : {&xi, &window}) std::ranges::move(*of, std::back_inserter(columns));
}

/// Values at the points that the subdomain covers; of an empty column none.
void add_covered(const std::vector<std::size_t>& covered, const std::vector<double>& values,
                 DistinctNumbers::Columns& columns) {
  auto& own = columns.emplace_back();
  if (values.empty()) return;
  for (auto i : covered) own.push_back(values[i]);
}

}  // namespace

bool may_be_congruent(const NetworkFamily& family) {
  return !family.trained && (family.shared || family.shape.width() == 0);
}

DistinctNumbers::Columns block_numbers(const Rows& rows, const Block& block, const Linearisation& linear) {
  DistinctNumbers::Columns columns;
  const auto half = rows.decomposition().half_widths(block.subdomain);
  columns.emplace_back(half.begin(), half.begin() + rows.decomposition().dimension());
  columns.push_back({static_cast<double>(block.rows)});
  for (std::size_t g = 0; g < rows.bases().size(); ++g) {
    const auto& basis = rows.bases()[g];
    const auto covered = basis.covered(block.subdomain);
    columns.push_back({static_cast<double>(covered.size())});
    if (covered.empty()) continue;
    add_basis(basis, block.subdomain, columns);
    for (const auto& field : basis.factors())
      for (const auto& factor : field) add_covered(covered, factor, columns);
    for (std::size_t s = 0; s < linear.derivative[g].size(); ++s) {
      auto& places = columns.emplace_back();
      for (auto place : rows.places(block, g, s)) places.push_back(static_cast<double>(place));
      for (const auto& slope : linear.derivative[g][s]) add_covered(covered, slope, columns);
    }
  }
  return columns;
}

CongruentBlocks::CongruentBlocks(const Rows& rows, const Linearisation& linear)
    : rows_(&rows),
      linear_(&linear),
      looks_(rows.looks_for_congruence() && rows.model().affine && may_be_congruent(rows.family())) {}

void CongruentBlocks::add_next() {
  constexpr std::size_t many = 1000;  // kinds, of few members each: coefficients differ everywhere
  const auto& block = rows_->blocks()[all_.size()];
  auto numbers = looks_ ? block_numbers(*rows_, block, *linear_) : DistinctNumbers::Columns{};
  const auto found = looks_ ? distinct_.find(numbers) : std::nullopt;
  all_.push_back(found ? of_kind_[*found] : shared(rows_->jacobian(block, *linear_)));
  if (!looks_ || found) return;
  distinct_.add(std::move(numbers));
  of_kind_.push_back(all_.at(all_.size() - 1));
  looks_ = of_kind_.size() < many || 2 * of_kind_.size() < all_.size();
}

JacobianNumbers::JacobianNumbers(const Rows& rows, const Linearisation& linear)
    : comparable_(!rows.family().trained && !rows.model().is_weak()) {
  if (!comparable_) return;
  const auto& family = rows.family();
  order_ = {static_cast<long long>(family.seed), family.shared ? 1 : 0, std::ssize(rows.blocks()),
            static_cast<long long>(rows.columns())};
  for (const auto& alpha : family.shape.exponents()) order_.insert(order_.end(), alpha.begin(), alpha.end());
  columns_.push_back({family.scale});
  for (const auto& chunk : rows.rows().chunks) {
    order_.push_back(static_cast<long long>(chunk.begin));
    order_.insert(order_.end(), chunk.subdomains.begin(), chunk.subdomains.end());
  }
  for (const auto& block : rows.blocks())
    std::ranges::move(block_numbers(rows, block, linear), std::back_inserter(columns_));
}

bool JacobianNumbers::equal(const JacobianNumbers& other) const {
  return comparable_ && other.comparable_ && order_ == other.order_ &&
         DistinctNumbers::equal(columns_, other.columns_);
}

}  // namespace ddpinn
