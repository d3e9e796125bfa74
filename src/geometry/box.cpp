// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/box.hpp"

#include <cmath>

namespace ddpinn {

double over_widths(double value, const Box& box, const MultiIndex& alpha) {
  for (std::size_t d = 0; d < static_cast<std::size_t>(box.dimension); ++d)
    value /= std::pow(box.width(d), alpha[d]);
  return value;
}

bool in_core(const Point& x, const Box& core, const Box& box) {
  for (int i = 0; i < core.dimension; ++i) {
    const double rounding = box.rounding(i);
    const bool first = core.lower[i] <= box.lower[i] + rounding;
    const bool last = core.upper[i] >= box.upper[i] - rounding;
    if (first ? x[i] < box.lower[i] - rounding : x[i] < core.lower[i]) return false;
    if (last ? x[i] > box.upper[i] + rounding : x[i] >= core.upper[i]) return false;
  }
  return true;
}

}  // namespace ddpinn
