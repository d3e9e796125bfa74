// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/normal_blocks.hpp"

#include "assembly/block_exchange.hpp"
#include "dense/lapack.hpp"

#include <algorithm>

namespace ddpinn {

namespace {

/// What one chunk of rows needs of the blocks that cover it.
struct Piece {
  std::size_t block;
  MatrixView rows;
};

/// This rank's part of all pairs. Rows that the same subdomains cover are consecutive, so no row is copied.
std::map<NormalBlocks::Pair, Matrix> local_products(const JacobianOperator& jacobian) {
  const auto& discretisation = jacobian.discretisation();
  const auto& blocks = discretisation.blocks();
  std::vector<std::vector<Piece>> pieces(discretisation.rows().chunks.size());
  for (std::size_t b = 0; b < blocks.size(); ++b)
    for (const auto& [chunk, offset] : blocks[b].parts) {
      const auto& j = jacobian.blocks()[b];
      pieces[chunk].push_back(
          {b, {j.data() + offset, discretisation.rows().chunks[chunk].count, j.columns(), j.rows()}});
    }
  std::map<NormalBlocks::Pair, Matrix> products;
  for (const auto& covering : pieces)
    for (const auto& first : covering)
      for (const auto& second : covering) {
        if (second.block < first.block) continue;
        auto& product = products[{blocks[first.block].subdomain, blocks[second.block].subdomain}];
        if (product.empty()) product = Matrix(first.rows.columns, second.rows.columns);
        multiply(1, Op::transpose, first.rows, Op::none, second.rows, 1, product.data(), product.rows());
      }
  return products;
}

}  // namespace

NormalBlocks::NormalBlocks(const JacobianOperator& jacobian) {
  const auto& layout = jacobian.layout();
  std::vector<TaggedBlock> parts;
  for (auto& [pair, block] : local_products(jacobian))
    parts.push_back({layout.owner(pair.first), pair.first, pair.second, std::move(block)});
  for (auto& part : exchange_blocks(jacobian.communicator(), parts)) {
    auto& total = blocks_[{part.first, part.second}];
    if (total.empty()) {
      total = std::move(part.block);
      continue;
    }
    for (std::size_t i = 0; i < total.entries().size(); ++i) total.entries()[i] += part.block.entries()[i];
  }
  find_neighbours(jacobian.communicator(), layout.subdomains());
}

void NormalBlocks::find_neighbours(const Communicator& comm, int subdomains) {
  std::vector<double> pairs;
  for (const auto& [pair, block] : blocks_) {
    pairs.push_back(pair.first);
    pairs.push_back(pair.second);
  }
  pairs = all_gather(comm, pairs);
  neighbours_.resize(static_cast<std::size_t>(subdomains));
  for (std::size_t i = 0; i < pairs.size(); i += 2) {
    const auto l = static_cast<int>(pairs[i]), m = static_cast<int>(pairs[i + 1]);
    neighbours_[static_cast<std::size_t>(l)].push_back(m);
    if (l != m) neighbours_[static_cast<std::size_t>(m)].push_back(l);
  }
  for (auto& list : neighbours_) std::ranges::sort(list);
}

}  // namespace ddpinn
