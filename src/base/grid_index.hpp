// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "base/multi_index.hpp"

#include <cstddef>
#include <vector>

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
      index[d] = rest % counts[d];
      rest /= counts[d];
    }
    visit(index);
  }
}

/// Visits all combinations of one number per direction, the last direction fastest.
/// @param choices the numbers by direction; directions beyond them have 0
template <class Visit>
void for_each_combination(const std::vector<std::vector<int>>& choices, Visit&& visit) {
  GridIndex counts;
  counts.fill(1);
  for (std::size_t d = 0; d < choices.size(); ++d) counts[d] = choices[d].size();
  for_each_index(counts, [&](const GridIndex& place) {
    GridIndex chosen{};
    for (std::size_t d = 0; d < choices.size(); ++d) chosen[d] = choices[d][place[d]];
    visit(chosen);
  });
}

/// The cells of a line from the one before `first` to the one after `last`: those that there are, or, where
/// the line is periodic, going on at its other end (a short line's cells then appear more than once).
inline std::vector<int> cells_around(int first, int last, int cells, bool periodic) {
  std::vector<int> result;
  for (int c = first - 1; c <= last + 1; ++c)
    if (periodic || (c >= 0 && c < cells)) result.push_back((c + cells) % cells);
  return result;
}

}  // namespace ddpinn
