// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/dof_layout.hpp"

namespace ddpinn {

DofLayout::DofLayout(const std::vector<int>& owner, const std::vector<std::size_t>& size,
                     const Communicator& comm)
    : owner_(owner), size_(size), local_offset_(owner.size()) {
  std::vector<std::size_t> filled(comm.size(), 0);
  for (std::size_t k = 0; k < owner.size(); ++k) {
    auto& end = filled[owner[k]];
    local_offset_[k] = end;
    end += size[k];
    if (owner[k] == comm.rank()) owned_.push_back(k);
  }
  owned_size_ = filled[comm.rank()];
  rank_offset_.push_back(0);
  for (auto count : filled) rank_offset_.push_back(rank_offset_.back() + count);
}

GhostExchange::GhostExchange(const Communicator& comm, const DofLayout& layout, std::vector<int> subdomains)
    : subdomains_(std::move(subdomains)) {
  std::vector<PetscSFNode> roots;
  for (int k : subdomains_) {
    index_[k] = offset_.size();
    offset_.push_back(size_);
    for (std::size_t i = 0; i < layout.size(k); ++i)
      roots.push_back({layout.owner(k), static_cast<PetscInt>(layout.local_offset(k) + i)});
    size_ += layout.size(k);
    if (layout.owner(k) != comm.rank()) bytes_ += layout.size(k) * sizeof(double);
  }
  forest_ = petsc::StarForest(comm.get(), layout.owned_size(), std::move(roots));
}

void GhostExchange::gather(::Vec global, std::span<double> gathered) const {
  forest_.broadcast(petsc::ConstLocalArray(global).get(), gathered);
}

void GhostExchange::add(std::span<const double> gathered, ::Vec global) const {
  forest_.reduce(gathered, petsc::LocalArray(global).get(), MPI_SUM);
}

}  // namespace ddpinn
