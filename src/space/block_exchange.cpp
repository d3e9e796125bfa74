// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "space/block_exchange.hpp"

#include <algorithm>
#include <iterator>
#include <map>

namespace ddpinn {

namespace {

constexpr std::size_t header = 4;  // numbers before the entries of a block

/// The blocks for other ranks, one message each; those for this rank go to `own`.
std::vector<Message<double>> pack(int self, std::vector<TaggedBlock> outgoing,
                                  std::vector<TaggedBlock>& own) {
  std::map<int, std::size_t> length;
  for (const auto& tagged : outgoing) length[tagged.rank] += header + tagged.block.entries().size();
  std::map<int, std::vector<double>> packed;
  for (auto& tagged : outgoing) {
    if (tagged.rank == self) {
      own.push_back(std::move(tagged));
      continue;
    }
    const auto& [rank, first, second, block] = tagged;
    auto& data = packed[rank];
    data.reserve(length[rank]);
    for (double number : {static_cast<double>(first), static_cast<double>(second),
                          static_cast<double>(block.rows()), static_cast<double>(block.columns())})
      data.push_back(number);
    data.insert(data.end(), block.entries().begin(), block.entries().end());
    tagged.block = {};
  }
  std::vector<Message<double>> messages;
  for (auto& [rank, data] : packed) messages.push_back({rank, std::move(data)});
  return messages;
}

void unpack(int rank, const std::vector<double>& data, std::vector<TaggedBlock>& incoming) {
  for (auto at = data.begin(); at != data.end();) {
    TaggedBlock tagged{rank, static_cast<int>(at[0]), static_cast<int>(at[1]),
                       Matrix::uninitialised(at[2], at[3])};
    at += header;
    std::copy_n(at, tagged.block.entries().size(), tagged.block.data());
    at += tagged.block.entries().size();
    incoming.push_back(std::move(tagged));
  }
}

}  // namespace

std::vector<SharedBlock> exchange_blocks(const Communicator& comm, std::vector<SharedBlock> outgoing) {
  constexpr int is_matrix = -1;  // in place of the second tag; the first one is the matrix's number
  std::vector<SharedBlock> own, incoming;
  std::vector<TaggedBlock> messages;
  std::map<std::pair<int, const Matrix*>, int> known;
  for (auto& [rank, first, second, block] : outgoing) {
    if (rank == comm.rank()) {
      own.push_back({rank, first, second, std::move(block)});
      continue;
    }
    const auto [number, is_new] = known.try_emplace({rank, block.get()}, static_cast<int>(known.size()));
    if (is_new) messages.push_back({rank, number->second, is_matrix, *block});
    Matrix reference(1, 1);
    reference(0, 0) = number->second;
    messages.push_back({rank, first, second, std::move(reference)});
  }
  std::map<std::pair<int, int>, SharedMatrix> received;
  const auto append_own = [&] {
    std::ranges::move(own, std::back_inserter(incoming));
    own.clear();
  };
  for (auto& [rank, first, second, block] : exchange_blocks(comm, std::move(messages))) {
    if (rank > comm.rank()) append_own();
    if (second == is_matrix)
      received[{rank, first}] = shared(std::move(block));
    else
      incoming.push_back({rank, first, second, received.at({rank, static_cast<int>(block(0, 0))})});
  }
  append_own();
  return incoming;
}

std::vector<TaggedBlock> exchange_blocks(const Communicator& comm, std::vector<TaggedBlock> outgoing) {
  std::vector<TaggedBlock> own, incoming;
  const auto messages = ddpinn::exchange<double>(comm, pack(comm.rank(), std::move(outgoing), own));
  const auto append_own = [&] {
    std::ranges::move(own, std::back_inserter(incoming));
    own.clear();
  };
  for (const auto& [rank, data] : messages) {
    if (rank > comm.rank()) append_own();
    unpack(rank, data, incoming);
  }
  append_own();
  return incoming;
}

}  // namespace ddpinn
