// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/block_exchange.hpp"

#include <algorithm>
#include <map>

namespace ddpinn {

std::vector<TaggedBlock> exchange_blocks(const Communicator& comm, const std::vector<TaggedBlock>& outgoing) {
  std::map<int, std::vector<double>> packed;
  for (const auto& [rank, first, second, block] : outgoing) {
    auto& data = packed[rank];
    for (double header : {static_cast<double>(first), static_cast<double>(second),
                          static_cast<double>(block.rows()), static_cast<double>(block.columns())})
      data.push_back(header);
    data.insert(data.end(), block.entries().begin(), block.entries().end());
  }
  std::vector<Message<double>> messages;
  for (auto& [rank, data] : packed) messages.push_back({rank, std::move(data)});

  std::vector<TaggedBlock> incoming;
  for (const auto& [rank, data] : ddpinn::exchange<double>(comm, messages))
    for (auto at = data.begin(); at != data.end();) {
      TaggedBlock tagged{rank, static_cast<int>(at[0]), static_cast<int>(at[1]),
                         Matrix(static_cast<std::size_t>(at[2]), static_cast<std::size_t>(at[3]))};
      at += 4;
      std::copy_n(at, tagged.block.entries().size(), tagged.block.data());
      at += static_cast<std::ptrdiff_t>(tagged.block.entries().size());
      incoming.push_back(std::move(tagged));
    }
  return incoming;
}

}  // namespace ddpinn
