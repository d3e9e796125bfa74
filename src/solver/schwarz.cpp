// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/schwarz.hpp"

#include "assembly/block_exchange.hpp"
#include "parallel/agree.hpp"

#include <algorithm>
#include <set>

namespace ddpinn {

Schwarz::Schwarz(const JacobianOperator& jacobian, const NormalBlocks& normal, PatchKind kind)
    : layout_(&jacobian.layout()) {
  const auto& comm = jacobian.communicator();
  const auto all = ddpinn::patches(jacobian.discretisation().decomposition(), kind);
  const auto blocks = collect(jacobian, normal, all);
  std::set<int> needed;
  collectively(comm, [&] {
    for (const auto& [subdomains, home] : all) {
      if (layout_->owner(home) != comm.rank()) continue;
      needed.insert(subdomains.begin(), subdomains.end());
      patches_.push_back({subdomains, Cholesky(local_matrix(subdomains, blocks, *layout_))});
    }
  });
  ghosts_ = std::make_unique<GhostExchange>(comm, *layout_, std::vector<int>(needed.begin(), needed.end()));
}

/// The blocks that this rank's patches need, from the owners of their first subdomains.
Schwarz::Blocks Schwarz::collect(const JacobianOperator& jacobian, const NormalBlocks& normal,
                                 const std::vector<PatchMembers>& all) {
  std::map<NormalBlocks::Pair, std::set<int>> receivers;
  for (const auto& [subdomains, home] : all)
    for (int l : subdomains)
      for (int m : subdomains)
        if (normal.owned().contains({l, m})) receivers[{l, m}].insert(jacobian.layout().owner(home));
  std::vector<TaggedBlock> outgoing;
  for (const auto& [pair, ranks] : receivers)
    for (int rank : ranks) outgoing.push_back({rank, pair.first, pair.second, normal.owned().at(pair)});
  Blocks blocks;
  for (auto& incoming : exchange_blocks(jacobian.communicator(), outgoing))
    blocks[{incoming.first, incoming.second}] = std::move(incoming.block);
  return blocks;
}

/// The lower triangle of P^T A P: the kept block A_lm, l <= m, belongs above the diagonal, and is transposed.
Matrix Schwarz::local_matrix(const std::vector<int>& subdomains, const Blocks& blocks,
                             const DofLayout& layout) {
  std::vector<std::size_t> offset(subdomains.size() + 1, 0);
  for (std::size_t a = 0; a < subdomains.size(); ++a) offset[a + 1] = offset[a] + layout.size(subdomains[a]);
  Matrix local(offset.back(), offset.back());
  for (std::size_t a = 0; a < subdomains.size(); ++a)
    for (std::size_t b = a; b < subdomains.size(); ++b) {
      const auto found = blocks.find({subdomains[a], subdomains[b]});
      if (found == blocks.end()) continue;
      const auto& block = found->second;
      for (std::size_t j = 0; j < block.columns(); ++j)
        for (std::size_t i = 0; i < block.rows(); ++i) local(offset[b] + j, offset[a] + i) = block(i, j);
    }
  return local;
}

void Schwarz::apply(::Vec r, ::Vec z) const {
  std::vector<double> gathered(ghosts_->size()), result(ghosts_->size(), 0.0), local;
  ghosts_->gather(r, gathered);
  for (const auto& [subdomains, factor] : patches_) {
    local.clear();
    for (int k : subdomains) {
      const auto from = gathered.begin() + static_cast<std::ptrdiff_t>(ghosts_->offset_of(k));
      local.insert(local.end(), from, from + static_cast<std::ptrdiff_t>(layout_->size(k)));
    }
    factor.solve(local.data());
    const double* from = local.data();
    for (int k : subdomains) {
      double* to = result.data() + ghosts_->offset_of(k);
      for (std::size_t i = 0; i < layout_->size(k); ++i) to[i] += from[i];
      from += layout_->size(k);
    }
  }
  petsc::check(VecZeroEntries(z));
  ghosts_->add(result, z);
}

}  // namespace ddpinn
