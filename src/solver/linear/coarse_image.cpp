// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/linear/coarse_image.hpp"

#include "dense/lapack.hpp"

#include <algorithm>
#include <set>

namespace ddpinn {

using petsc::check;

namespace {

/// The first or second subdomains of all pairs, each once.
std::vector<int> members(const CoarseImage::Blocks& blocks, int NormalBlocks::Pair::*which) {
  std::set<int> result;
  for (const auto& [pair, block] : blocks) result.insert(pair.*which);
  return {result.begin(), result.end()};
}

Matrix side_by_side(const std::vector<const Matrix*>& parts) {
  std::size_t columns = 0;
  for (const auto* part : parts) columns += part->columns();
  auto all = Matrix::uninitialised(parts.front()->rows(), columns);
  double* end = all.data();
  for (const auto* part : parts) end = std::ranges::copy(part->entries(), end).out;
  return all;
}

}  // namespace

CoarseImage::Blocks CoarseImage::blocks(const NormalBlocks& normal,
                                        const std::map<int, SharedMatrix>& basis) {
  DerivedMatrices made;
  const auto image = [&](const Matrix& block, Op op, const Matrix& z) {
    return made({&block, &z}, {op == Op::none ? std::size_t{0} : std::size_t{1}},
                [&] { return product(op, block, Op::none, z); });
  };
  Blocks result;
  for (const auto& [pair, block] : normal.owned()) {
    const auto [l, m] = pair;
    if (const auto z = basis.find(m); z != basis.end()) result[{l, m}] = image(*block, Op::none, *z->second);
    if (const auto z = basis.find(l); l != m && z != basis.end())
      result[{m, l}] = image(*block, Op::transpose, *z->second);
  }
  return result;
}

CoarseImage::CoarseImage(const JacobianOperator& jacobian, const DofLayout& coarse, const Blocks& blocks)
    : coarse_(&coarse),
      fine_ghosts_(jacobian.communicator(), jacobian.layout(), members(blocks, &NormalBlocks::Pair::first)),
      coarse_ghosts_(jacobian.communicator(), coarse, members(blocks, &NormalBlocks::Pair::second)) {
  DerivedMatrices made;
  for (auto it = blocks.begin(); it != blocks.end();) {
    Row row{it->first.first, {}, {}};
    std::vector<const Matrix*> parts;
    for (; it != blocks.end() && it->first.first == row.subdomain; ++it) {
      row.columns.push_back(it->first.second);
      parts.push_back(it->second.get());
    }
    row.block = made(parts, {}, [&] { return side_by_side(parts); });
    rows_.push_back(std::move(row));
  }
}

void CoarseImage::subtract(::Vec c, ::Vec r) const {
  std::vector<double> from(coarse_ghosts_.size()), to(fine_ghosts_.size()), local;
  coarse_ghosts_.gather(c, from);
  for (const auto& [subdomain, columns, block] : rows_) {
    local.clear();
    for (int k : columns) {
      const auto begin = from.begin() + coarse_ghosts_.offset_of(k);
      local.insert(local.end(), begin, begin + coarse_->size(k));
    }
    multiply(-1, Op::none, *block, local.data(), 0, to.data() + fine_ghosts_.offset_of(subdomain));
  }
  fine_ghosts_.add(to, r);
}

void CoarseImage::multiply_transposed(::Vec v, ::Vec c) const {
  std::vector<double> from(fine_ghosts_.size()), to(coarse_ghosts_.size(), 0.0), local;
  fine_ghosts_.gather(v, from);
  for (const auto& [subdomain, columns, block] : rows_) {
    local.resize(block->columns());
    multiply(1, Op::transpose, *block, from.data() + fine_ghosts_.offset_of(subdomain), 0, local.data());
    const double* part = local.data();
    for (int k : columns) {
      double* target = to.data() + coarse_ghosts_.offset_of(k);
      for (std::size_t i = 0; i < coarse_->size(k); ++i) target[i] += *part++;
    }
  }
  check(VecZeroEntries(c));
  coarse_ghosts_.add(to, c);
}

}  // namespace ddpinn
