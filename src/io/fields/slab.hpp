// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "io/fields/file_layout.hpp"
#include "parallel/communicator.hpp"
#include "petsc/star_forest.hpp"

#include <cstdint>
#include <vector>

namespace ddpinn {

/// The part of a data set that one rank writes: rows [first, first + rows) of its slowest dimension, in one
/// piece.
struct Slab {
  std::int64_t first = 0;
  std::int64_t rows = 0;
};

/// Rows in equal parts, the first ones one longer.
Slab slab_of(std::int64_t rows, int ranks, int rank);
/// Who writes a row.
int owner_of(std::int64_t row, std::int64_t rows, int ranks);

/// Brings values from the ranks that computed them to those that write them.
class SlabExchange {
 public:
  /// @throws Error on every rank where an index lies outside the grid @note Collective.
  SlabExchange(const Communicator&, const GridSample&, const FileLayout&);

  Slab slab() const { return slab_; }
  /// The slab's values from those at this rank's points; NaN where no rank has the point. @note Collective.
  std::vector<double> gather(const std::vector<double>& value) const;

 private:
  Slab slab_;
  std::size_t points_ = 0;       ///< of the slab
  petsc::StarForest from_slab_;  ///< to this rank's points
};

}  // namespace ddpinn
