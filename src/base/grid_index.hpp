// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "base/multi_index.hpp"

namespace ddpinn {

/// A place in a grid, by direction.
using GridIndex = std::array<int, max_dimension>;

/// Visits all places of a grid, the last direction fastest.
/// @param counts places by direction; 1 in directions that the grid does not have
template <class Visit>
void for_each_index(const GridIndex& counts, Visit&& visit) {
  long long total = 1;
  for (int n : counts) total *= n;
  for (long long place = 0; place < total; ++place) {
    GridIndex index{};
    long long rest = place;
    for (int d = max_dimension - 1; d >= 0; --d) {
      index[d] = static_cast<int>(rest % counts[d]);
      rest /= counts[d];
    }
    visit(index);
  }
}

}  // namespace ddpinn
