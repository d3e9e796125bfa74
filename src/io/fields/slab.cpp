// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/fields/slab.hpp"

#include "parallel/agree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>

namespace ddpinn {
namespace {

void check_indices(const GridSample& sample, std::int64_t size) {
  for (const auto index : sample.index) {
    if (index >= 0 && index < size) continue;
    throw Error(Status::input_output,
                fmt::format("output: grid index {} is outside the grid (it has {} points); this is "
                            "an error of the program, please report it",
                            index, size));
  }
}

}  // namespace

Slab slab_of(std::int64_t rows, int ranks, int rank) {
  const std::int64_t part = rows / ranks;
  const std::int64_t longer = rows % ranks;
  return {rank * part + std::min<std::int64_t>(rank, longer), part + (rank < longer ? 1 : 0)};
}

int owner_of(std::int64_t row, std::int64_t rows, int ranks) {
  const std::int64_t part = rows / ranks;
  const std::int64_t longer = rows % ranks;
  const std::int64_t in_longer = longer * (part + 1);
  if (row < in_longer) return row / (part + 1);
  return longer + (row - in_longer) / part;
}

SlabExchange::SlabExchange(const Communicator& comm, const GridSample& sample, const FileLayout& layout)
    : comm_(comm), slab_(slab_of(layout.counts[0], comm.size(), comm.rank())), row_(layout.row()) {
  collectively(comm, [&] { check_indices(sample, layout.size()); });
  std::map<int, std::pair<std::vector<std::int64_t>, std::vector<std::int64_t>>> by_owner;
  for (std::size_t i = 0; i < sample.index.size(); ++i) {
    const auto position = file_position(layout, sample.counts, sample.index[i]);
    auto& [local, remote] = by_owner[owner_of(position / row_, layout.counts[0], comm.size())];
    local.push_back(static_cast<std::int64_t>(i));
    remote.push_back(position);
  }
  std::vector<Message<std::int64_t>> positions;
  for (auto& [rank, lists] : by_owner) {
    send_.push_back({rank, std::move(lists.first)});
    positions.push_back({rank, std::move(lists.second)});
  }
  receive_ = ddpinn::exchange(comm, positions);
  for (auto& message : receive_) {
    for (auto& position : message.data) position -= slab_.first * row_;
  }
}

std::vector<double> SlabExchange::gather(const std::vector<double>& value) const {
  std::vector<Message<double>> outgoing;
  for (const auto& message : send_) {
    outgoing.push_back({message.rank, {}});
    auto& data = outgoing.back().data;
    data.reserve(message.data.size());
    for (const auto i : message.data) data.push_back(value[i]);
  }
  const auto incoming = ddpinn::exchange(comm_, outgoing);
  std::vector<double> slab(slab_.rows * row_, std::numeric_limits<double>::quiet_NaN());
  for (std::size_t m = 0; m < incoming.size(); ++m) {
    for (std::size_t k = 0; k < incoming[m].data.size(); ++k) {
      slab[receive_[m].data[k]] = incoming[m].data[k];
    }
  }
  return slab;
}

}  // namespace ddpinn
