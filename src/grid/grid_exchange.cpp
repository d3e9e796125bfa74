// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "grid/grid_exchange.hpp"

namespace ddpinn {

petsc::StarForest grid_exchange(const Communicator& comm, const GridMesh& mesh, const GridLayout& layout,
                                const std::vector<PetscInt>& nodes, std::size_t width) {
  const PetscInt values = width;
  std::vector<PetscSFNode> owned;
  owned.reserve(nodes.size() * width);
  for (const auto natural : nodes) {
    const auto [index, level] = mesh.place(natural);
    const int owner = layout.owner(index);
    const auto node = level * layout.size(owner) + layout.number(index) - layout.first(owner);
    for (PetscInt i = 0; i < values; ++i) owned.push_back({owner, node * values + i});
  }
  const PetscInt mine = comm.rank() < layout.ranks() ? mesh.levels() * layout.size(comm.rank()) : 0;
  return {comm.get(), mine * width, std::move(owned)};
}

}  // namespace ddpinn
