// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <array>
#include <cstdint>

namespace ddpinn {

inline constexpr int max_dimension = 4;
/// Highest total order of differentiation.
inline constexpr int max_order = 4;

/// Orders of differentiation by coordinate: {2, 1, 0, 0} is d^3/dx^2 dy.
using MultiIndex = std::array<std::uint8_t, max_dimension>;

/// |alpha|, the total order.
constexpr int order(const MultiIndex& alpha) {
  int sum = 0;
  for (auto a : alpha) sum += a;
  return sum;
}

/// A point in R^d; entries from d on are zero.
using Point = std::array<double, max_dimension>;

}  // namespace ddpinn
