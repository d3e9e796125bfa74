// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/linear/schwarz.hpp"

#include "decomposition/patch_ranks.hpp"
#include "space/block_exchange.hpp"

#include <algorithm>
#include <set>

namespace ddpinn {

namespace {

using Pair = NormalBlocks::Pair;

/// Calls visit(a, b) for all members a <= b of a patch, by their places.
template <class Visit>
void for_each_pair(const std::vector<int>& subdomains, const Visit& visit) {
  for (std::size_t a = 0; a < subdomains.size(); ++a)
    for (std::size_t b = a; b < subdomains.size(); ++b) visit(a, b);
}

std::vector<int> ranks_of(const std::vector<PatchMembers>& all, const JacobianOperator& jacobian) {
  const auto& layout = jacobian.layout();
  std::vector<double> rows;
  for (int k = 0; k < layout.subdomains(); ++k) rows.push_back(layout.size(k));
  return patch_ranks(all, jacobian.discretisation().owner(), rows);
}

/// The blocks that this rank's patches need of others, from the owners of their first subdomains.
std::map<Pair, Matrix> collect(const Communicator& comm, const NormalBlocks& normal,
                               const std::vector<PatchMembers>& all, const std::vector<int>& rank) {
  std::map<Pair, std::set<int>> receivers;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (rank[i] == comm.rank()) continue;
    for_each_pair(all[i].subdomains, [&](std::size_t a, std::size_t b) {
      const Pair pair{all[i].subdomains[a], all[i].subdomains[b]};
      if (normal.owned().contains(pair)) receivers[pair].insert(rank[i]);
    });
  }
  std::vector<TaggedBlock> outgoing;
  for (const auto& [pair, ranks] : receivers)
    for (int to : ranks) outgoing.push_back({to, pair.first, pair.second, normal.owned().at(pair)});
  std::map<Pair, Matrix> blocks;
  for (auto& incoming : exchange_blocks(comm, std::move(outgoing)))
    blocks[{incoming.first, incoming.second}] = std::move(incoming.block);
  return blocks;
}

/// P^T A P, factorised. Blocks of pairs that share no rows are zero.
BlockCholesky factorised(const std::vector<int>& subdomains, const NormalBlocks& normal,
                         const std::map<Pair, Matrix>& received, const DofLayout& layout) {
  std::vector<std::size_t> size;
  for (int k : subdomains) size.push_back(layout.size(k));
  BlockCholesky::Blocks blocks;
  for_each_pair(subdomains, [&](std::size_t a, std::size_t b) {
    for (const auto* source : {&normal.owned(), &received})
      if (const auto found = source->find({subdomains[a], subdomains[b]}); found != source->end())
        blocks[{a, b}] = &found->second;
  });
  return {size, blocks};
}

}  // namespace

Schwarz::Schwarz(const JacobianOperator& jacobian, const NormalBlocks& normal, PatchKind kind,
                 const StopTest& stop)
    : layout_(&jacobian.layout()) {
  const auto& comm = jacobian.communicator();
  const auto all = ddpinn::patches(jacobian.discretisation().decomposition(), kind);
  const auto rank = ranks_of(all, jacobian);
  const auto received = collect(comm, normal, all, rank);
  std::vector<std::size_t> own;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (rank[i] == comm.rank()) own.push_back(i);
  std::set<int> needed;
  in_rounds(comm, own.size(), 4, stop, [&](std::size_t i) {
    const auto& subdomains = all[own[i]].subdomains;
    needed.insert(subdomains.begin(), subdomains.end());
    patches_.push_back({subdomains, factorised(subdomains, normal, received, *layout_)});
  });
  ghosts_ = std::make_unique<GhostExchange>(comm, *layout_, std::vector<int>(needed.begin(), needed.end()));
}

void Schwarz::apply(::Vec r, ::Vec z) const {
  std::vector<double> gathered(ghosts_->size()), result(ghosts_->size(), 0.0), local;
  ghosts_->gather(r, gathered);
  for (const auto& [subdomains, factor] : patches_) {
    local.clear();
    for (int k : subdomains) {
      const auto from = gathered.begin() + ghosts_->offset_of(k);
      local.insert(local.end(), from, from + layout_->size(k));
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
