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

using Blocks = std::map<Pair, SharedMatrix>;

/// The blocks that this rank's patches need of others, from the owners of their first subdomains.
Blocks collect(const Communicator& comm, const NormalBlocks& normal, const std::vector<PatchMembers>& all,
               const std::vector<int>& rank) {
  std::map<Pair, std::set<int>> receivers;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (rank[i] == comm.rank()) continue;
    for_each_pair(all[i].subdomains, [&](std::size_t a, std::size_t b) {
      const Pair pair{all[i].subdomains[a], all[i].subdomains[b]};
      if (normal.owned().contains(pair)) receivers[pair].insert(rank[i]);
    });
  }
  std::vector<SharedBlock> outgoing;
  for (const auto& [pair, ranks] : receivers)
    for (int to : ranks) outgoing.push_back({to, pair.first, pair.second, normal.owned().at(pair)});
  Blocks blocks;
  for (auto& incoming : exchange_blocks(comm, std::move(outgoing)))
    blocks[{incoming.first, incoming.second}] = std::move(incoming.block);
  return blocks;
}

/// The blocks of P^T A P, pair by pair; null where a pair shares no rows.
std::vector<const Matrix*> blocks_of(const std::vector<int>& subdomains, const NormalBlocks& normal,
                                     const Blocks& received) {
  std::vector<const Matrix*> result;
  for_each_pair(subdomains, [&](std::size_t a, std::size_t b) {
    auto& block = result.emplace_back(nullptr);
    for (const auto* source : {&normal.owned(), &received})
      if (const auto found = source->find({subdomains[a], subdomains[b]}); found != source->end())
        block = found->second.get();
  });
  return result;
}

/// Coordinates of each subdomain are orthonormal in its rows, so that floats are nearly as good for least
/// squares in planes and in space (nine problems took 0 to 4 % more iterations). Springs of conditions beside
/// a weak form spread the eigenvalues further, patches along a line are small and nearly direct solves, and
/// one of all subdomains is to be a direct solve.
Precision precision_of(const std::vector<PatchMembers>& all, const JacobianOperator& jacobian) {
  const auto& model = jacobian.discretisation().model();
  const bool direct = all.size() <= 1 || model.dimension() == 1;
  return direct || model.is_weak() ? Precision::float64 : Precision::float32;
}

/// P^T A P, factorised.
LocalFactor factorised(const std::vector<int>& subdomains, const std::vector<const Matrix*>& pairs,
                       const DofLayout& layout, Precision precision) {
  std::vector<std::size_t> size;
  for (int k : subdomains) size.push_back(layout.size(k));
  SymmetricBlocks blocks;
  auto pair = pairs.begin();
  for_each_pair(subdomains, [&](std::size_t a, std::size_t b) {
    if (const auto* block = *pair++) blocks[{a, b}] = block;
  });
  return {size, blocks, precision};
}

}  // namespace

Schwarz::Schwarz(const JacobianOperator& jacobian, const NormalBlocks& normal, PatchKind kind,
                 const StopTest& stop)
    : layout_(&jacobian.layout()) {
  const auto& comm = jacobian.communicator();
  const auto all = ddpinn::patches(jacobian.discretisation().decomposition(), kind);
  const auto rank = ranks_of(all, jacobian);
  const auto precision = precision_of(all, jacobian);
  const auto received = collect(comm, normal, all, rank);
  std::vector<std::size_t> own;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (rank[i] == comm.rank()) own.push_back(i);
  std::set<int> needed;
  std::map<std::vector<const Matrix*>, std::size_t> known;
  in_rounds(comm, own.size(), 4, stop, [&](std::size_t i) {
    const auto& subdomains = all[own[i]].subdomains;
    needed.insert(subdomains.begin(), subdomains.end());
    auto pairs = blocks_of(subdomains, normal, received);
    const auto found = known.find(pairs);
    if (found != known.end()) {
      congruent_[found->second].patches.push_back(subdomains);
      return;
    }
    congruent_.push_back({factorised(subdomains, pairs, *layout_, precision), {subdomains}});
    known.emplace(std::move(pairs), congruent_.size() - 1);
  });
  ghosts_ = std::make_unique<GhostExchange>(comm, *layout_, std::vector<int>(needed.begin(), needed.end()));
}

/// to += P (P^T A P)^-1 P^T from.
void Schwarz::add(const LocalFactor& factor, std::span<const std::vector<int>> patches,
                  const std::vector<double>& from, std::vector<double>& to) const {
  std::vector<double> local;
  local.reserve(factor.size() * patches.size());
  for (const auto& subdomains : patches)
    for (int k : subdomains) {
      const auto begin = from.begin() + ghosts_->offset_of(k);
      local.insert(local.end(), begin, begin + layout_->size(k));
    }
  factor.solve(local.data(), patches.size());
  const double* part = local.data();
  for (const auto& subdomains : patches)
    for (int k : subdomains) {
      double* const target = to.data() + ghosts_->offset_of(k);
      for (std::size_t i = 0; i < layout_->size(k); ++i) target[i] += part[i];
      part += layout_->size(k);
    }
}

void Schwarz::apply(::Vec r, ::Vec z) const {
  constexpr std::size_t most = 32;  // patches at once: a few columns are enough to multiply matrices
  std::vector<double> gathered(ghosts_->size()), result(ghosts_->size(), 0.0);
  ghosts_->gather(r, gathered);
  for (const auto& [factor, patches] : congruent_)
    for (std::size_t begin = 0; begin < patches.size(); begin += most)
      add(factor, std::span(patches).subspan(begin, std::min(most, patches.size() - begin)), gathered,
          result);
  petsc::check(VecZeroEntries(z));
  ghosts_->add(result, z);
}

}  // namespace ddpinn
