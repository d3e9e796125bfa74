// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/schwarz.hpp"

#include "assembly/block_exchange.hpp"

#include <algorithm>
#include <set>

namespace ddpinn {

namespace {

/// A_lm for any order of l and m: the block that is kept, and whether it has to be transposed.
struct Found {
  const Matrix* block;
  bool transposed;
};

Found find(const std::map<NormalBlocks::Pair, Matrix>& blocks, int l, int m) {
  const auto at = blocks.find({std::min(l, m), std::max(l, m)});
  return {at == blocks.end() ? nullptr : &at->second, l > m};
}

void insert(const Matrix& block, std::size_t row, std::size_t column, Matrix& target) {
  for (std::size_t j = 0; j < block.columns(); ++j)
    std::copy_n(block.column(j), block.rows(), target.column(column + j) + row);
}

Matrix transposed(const Matrix& a) {
  Matrix t(a.columns(), a.rows());
  for (std::size_t j = 0; j < a.columns(); ++j)
    for (std::size_t i = 0; i < a.rows(); ++i) t(j, i) = a(i, j);
  return t;
}

}  // namespace

Schwarz::Schwarz(const JacobianOperator& jacobian, const NormalBlocks& normal, const PatchOptions& options)
    : options_(options) {
  const auto& layout = jacobian.layout();
  const auto blocks = collect(jacobian, normal);
  std::set<int> needed(layout.owned().begin(), layout.owned().end());
  for (int k : layout.owned()) {
    const auto patch = members(jacobian, normal, k);
    needed.insert(patch.begin(), patch.end());
    patches_.push_back(build(k, patch, blocks, layout));
  }
  ghosts_ = std::make_unique<GhostExchange>(jacobian.communicator(), layout,
                                            std::vector<int>(needed.begin(), needed.end()));
}

/// Subdomain k first, then its neighbours.
std::vector<int> Schwarz::members(const JacobianOperator& jacobian, const NormalBlocks& normal, int k) const {
  std::vector<int> result{k};
  const auto& decomposition = jacobian.discretisation().decomposition();
  if (options_.neighbours)
    for (int l : normal.neighbours(k))
      if (l != k && decomposition[l].level == decomposition[k].level) result.push_back(l);
  return result;
}

/// All blocks that this rank's patches need, from the owners of their first subdomains.
Schwarz::Blocks Schwarz::collect(const JacobianOperator& jacobian, const NormalBlocks& normal) const {
  const auto& layout = jacobian.layout();
  const auto& decomposition = jacobian.discretisation().decomposition();
  std::vector<TaggedBlock> outgoing;
  for (const auto& [pair, block] : normal.owned()) {
    const auto [l, m] = pair;
    if (decomposition[l].level != decomposition[m].level || (!options_.neighbours && l != m)) continue;
    std::set<int> ranks;
    for (int k : normal.neighbours(l))
      if (std::ranges::binary_search(normal.neighbours(m), k)) ranks.insert(layout.owner(k));
    for (int rank : ranks) outgoing.push_back({rank, l, m, block});
  }
  Blocks blocks;
  for (auto& incoming : exchange_blocks(jacobian.communicator(), outgoing))
    blocks[{incoming.first, incoming.second}] = std::move(incoming.block);
  return blocks;
}

Schwarz::Patch Schwarz::build(int k, const std::vector<int>& members, const Blocks& blocks,
                              const DofLayout& layout) const {
  Patch patch;
  std::size_t size = 0;
  for (int l : members) {
    Part part{l, {}, size, layout.size(l)};
    if (l != k && options_.coupling > 0) {
      const auto [block, flip] = find(blocks, l, k);
      part.basis = dominant_columns(flip ? transposed(*block) : *block, options_.coupling);
      part.size = part.basis.columns();
      if (part.size == 0) continue;
    }
    size += part.size;
    patch.parts.push_back(std::move(part));
  }
  Matrix local(size, size);
  for (const auto& row : patch.parts)
    for (const auto& column : patch.parts) {
      if (row.offset < column.offset) continue;
      const auto [block, flip] = find(blocks, row.subdomain, column.subdomain);
      if (!block) continue;
      Matrix part = flip ? transposed(*block) : *block;
      if (!row.basis.empty()) part = product(Op::transpose, row.basis, Op::none, part);
      if (!column.basis.empty()) part = product(Op::none, part, Op::none, column.basis);
      insert(part, row.offset, column.offset, local);
    }
  patch.factor = Cholesky(local);
  return patch;
}

void Schwarz::apply(::Vec r, ::Vec z) const {
  std::vector<double> gathered(ghosts_->size()), result(ghosts_->size(), 0.0), local;
  ghosts_->gather(r, gathered);
  for (const auto& patch : patches_) {
    local.resize(patch.factor.size());
    for (const auto& part : patch.parts) {
      const double* from = gathered.data() + ghosts_->offset_of(part.subdomain);
      if (part.basis.empty())
        std::copy_n(from, part.size, local.data() + part.offset);
      else
        multiply(1, Op::transpose, part.basis, from, 0, local.data() + part.offset);
    }
    patch.factor.solve(local.data());
    for (const auto& part : patch.parts) {
      double* to = result.data() + ghosts_->offset_of(part.subdomain);
      if (part.basis.empty())
        for (std::size_t i = 0; i < part.size; ++i) to[i] += local[part.offset + i];
      else
        multiply(1, Op::none, part.basis, local.data() + part.offset, 1, to);
    }
  }
  petsc::check(VecZeroEntries(z));
  ghosts_->add(result, z);
}

double Schwarz::bytes() const {
  double sum = 0;
  for (const auto& patch : patches_) {
    sum += 8.0 * static_cast<double>(patch.factor.size() * patch.factor.size());
    for (const auto& part : patch.parts) sum += 8.0 * static_cast<double>(part.basis.entries().size());
  }
  return sum;
}

}  // namespace ddpinn
