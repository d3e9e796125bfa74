// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "space/neighbours.hpp"

#include "base/grid_index.hpp"
#include "space/block_exchange.hpp"

namespace ddpinn {

std::set<int> neighbourhood(const Decomposition& decomposition, int k, int time, int offset) {
  std::vector<std::vector<int>> cells;
  for (int d = 0; d < decomposition.dimension(); ++d) {
    const auto& axis = decomposition.axis(0, d);
    const int here = decomposition[k].cell[d];
    auto& along = cells.emplace_back(cells_around(here, here, axis.cells(), axis.periodic()));
    const int wanted = axis.periodic() ? (here + offset + axis.cells()) % axis.cells() : here + offset;
    if (d == time) std::erase_if(along, [&](int cell) { return cell != wanted; });
  }
  std::set<int> result;
  for_each_combination(cells, [&](const GridIndex& cell) {
    const int box = decomposition.number(0, cell);
    if (decomposition[box].live) result.insert(box);
  });
  return result;
}

void gather_coefficients(const Communicator& comm, const std::vector<int>& owner, const std::set<int>& wanted,
                         std::map<int, Matrix>& coefficients) {
  std::vector<TaggedBlock> requests;
  for (int k : wanted)
    if (owner[k] != comm.rank()) requests.push_back({owner[k], k, 0, {}});
  std::vector<TaggedBlock> replies;
  for (const auto& request : exchange_blocks(comm, requests))
    replies.push_back({request.rank, request.first, 0, coefficients.at(request.first)});
  for (auto& reply : exchange_blocks(comm, replies)) coefficients[reply.first] = std::move(reply.block);
}

}  // namespace ddpinn
