// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "grid/grid_exchange.hpp"

#include <algorithm>
#include <map>

namespace ddpinn {

GridExchange::GridExchange(const Communicator& comm, const GridMesh& mesh, const GridLayout& layout,
                           const std::vector<PetscInt>& nodes) {
  std::vector<PetscInt> first(layout.ranks());
  for (int r = 0; r < layout.ranks(); ++r) first[r] = layout.number(layout.first_node(r));
  std::map<int, std::vector<std::size_t>> by_owner;
  std::map<int, std::vector<PetscInt>> wanted;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const auto [index, level] = mesh.place(nodes[i]);
    const int owner = layout.owner(index);
    by_owner[owner].push_back(i);
    wanted[owner].push_back(level);
    wanted[owner].push_back(layout.number(index) - first[owner]);
  }
  std::vector<Message<PetscInt>> outgoing;
  for (auto& [owner, positions] : by_owner) {
    owner_.push_back(owner);
    mine_.push_back(std::move(positions));
    outgoing.push_back({owner, std::move(wanted[owner])});
  }
  for (const auto& message : ddpinn::exchange(comm, outgoing)) {
    sender_.push_back(message.rank);
    auto& owned = owned_.emplace_back();
    for (std::size_t i = 0; i < message.data.size(); i += 2)
      owned.push_back({static_cast<int>(message.data[i]), static_cast<std::size_t>(message.data[i + 1])});
  }
}

std::vector<std::vector<double>> GridExchange::to_owners(const Communicator& comm,
                                                         std::span<const double> values,
                                                         std::size_t width) const {
  std::vector<Message<double>> outgoing;
  for (std::size_t k = 0; k < owner_.size(); ++k) {
    auto& message = outgoing.emplace_back();
    message.rank = owner_[k];
    for (auto i : mine_[k])
      message.data.insert(message.data.end(), values.begin() + static_cast<std::ptrdiff_t>(i * width),
                          values.begin() + static_cast<std::ptrdiff_t>((i + 1) * width));
  }
  std::vector<std::vector<double>> result;
  for (auto& message : ddpinn::exchange(comm, outgoing)) result.push_back(std::move(message.data));
  return result;
}

void GridExchange::from_owners(const Communicator& comm, const std::vector<std::vector<double>>& values,
                               std::size_t width, std::span<double> touched) const {
  std::vector<Message<double>> outgoing;
  for (std::size_t s = 0; s < sender_.size(); ++s) outgoing.push_back({sender_[s], values[s]});
  const auto incoming = ddpinn::exchange(comm, outgoing);
  for (std::size_t k = 0; k < incoming.size(); ++k)
    for (std::size_t i = 0; i < mine_[k].size(); ++i)
      std::copy_n(incoming[k].data.begin() + static_cast<std::ptrdiff_t>(i * width), width,
                  touched.begin() + static_cast<std::ptrdiff_t>(mine_[k][i] * width));
}

}  // namespace ddpinn
