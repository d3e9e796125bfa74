// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/schwarz/neighbours.hpp"

#include "assembly/block_exchange.hpp"

namespace ddpinn {

std::set<int> neighbourhood(const Decomposition& decomposition, int k, int time, int offset) {
  std::vector<std::array<int, max_dimension>> cells{{}};
  for (int d = 0; d < decomposition.dimension(); ++d) {
    const auto& axis = decomposition.axis(0, d);
    decltype(cells) grown;
    for (int step = -1; step <= 1; ++step) {
      if (d == time && step != offset) continue;
      int cell = decomposition[k].cell[d] + step;
      if (axis.periodic()) cell = (cell + axis.cells()) % axis.cells();
      if (cell < 0 || cell >= axis.cells()) continue;
      for (auto partial : cells) {
        partial[d] = cell;
        grown.push_back(partial);
      }
    }
    cells.swap(grown);
  }
  std::set<int> result;
  for (const auto& cell : cells) {
    const int box = decomposition.number(0, cell);
    if (decomposition[box].live) result.insert(box);
  }
  return result;
}

void gather_coefficients(const Communicator& comm, const std::vector<int>& owner, const std::set<int>& wanted,
                         std::map<int, Matrix>& coefficients) {
  std::vector<TaggedBlock> requests;
  for (int k : wanted)
    if (owner[static_cast<std::size_t>(k)] != comm.rank())
      requests.push_back({owner[static_cast<std::size_t>(k)], k, 0, {}});
  std::vector<TaggedBlock> replies;
  for (const auto& request : exchange_blocks(comm, requests))
    replies.push_back({request.rank, request.first, 0, coefficients.at(request.first)});
  for (auto& reply : exchange_blocks(comm, replies)) coefficients[reply.first] = std::move(reply.block);
}

}  // namespace ddpinn
