// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/fields/slab.hpp"

#include "parallel/agree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

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
    : slab_(slab_of(layout.counts[0], comm.size(), comm.rank())), points_(slab_.rows * layout.row()) {
  collectively(comm, [&] { check_indices(sample, layout.size()); });
  std::vector<PetscSFNode> places;
  places.reserve(sample.index.size());
  for (const auto index : sample.index) {
    const auto position = file_position(layout, sample.counts, index);
    const int owner = owner_of(position / layout.row(), layout.counts[0], comm.size());
    const auto first = slab_of(layout.counts[0], comm.size(), owner).first * layout.row();
    places.push_back({owner, PetscInt(position - first)});
  }
  from_slab_ = petsc::StarForest(comm.get(), points_, std::move(places));
}

std::vector<double> SlabExchange::gather(const std::vector<double>& value) const {
  std::vector<double> slab(points_, std::numeric_limits<double>::quiet_NaN());
  from_slab_.reduce(value, slab, MPI_REPLACE);
  return slab;
}

}  // namespace ddpinn
