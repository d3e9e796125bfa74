// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "base/multi_index.hpp"

namespace ddpinn {

/// An axis-parallel box in R^dimension.
struct Box {
  int dimension = 0;
  Point lower{};
  Point upper{};

  double width(int direction) const { return upper[direction] - lower[direction]; }

  Point center() const {
    Point c{};
    for (int i = 0; i < dimension; ++i) c[i] = 0.5 * (lower[i] + upper[i]);
    return c;
  }

  /// Coordinates that differ by less are the same up to rounding.
  double rounding(int direction) const { return 1e-12 * width(direction); }
};

/// value / (h_1^alpha_1 h_2^alpha_2 ...) with the box's widths h: as large as the derivative of a function
/// that varies by `value` over the box.
double over_widths(double value, const Box&, const MultiIndex& alpha);

/// Whether x lies in the half open core, [lower, upper); at the ends of `box` cores are closed, and forgive
/// rounding.
bool in_core(const Point& x, const Box& core, const Box& box);

}  // namespace ddpinn
