// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "plan/plan_fill.hpp"

#include <algorithm>

namespace ddpinn {

namespace {

double product(const GridIndex& cells) {
  double result = 1;
  for (int n : cells) result *= n;
  return result;
}

/// A box of cells, and how many layers of cells around it, by direction, are eliminated after it: 0 to 2.
struct Part {
  GridIndex cells;
  GridIndex layers;

  double around() const {
    GridIndex larger{};
    for (int d = 0; d < max_dimension; ++d) larger[d] = cells[d] + layers[d];
    return product(larger) - product(cells);
  }

  /// Half of it, beside a separator across a direction.
  Part half(int direction, int size) const {
    Part result = *this;
    result.cells[direction] = size;
    result.layers[direction] = std::min(2, layers[direction] + 1);
    return result;
  }
};

/// Entries of the factor, counted in cells by cells: each separator with itself and with what is around its
/// part.
double factor_entries(const Part& part) {
  const double size = product(part.cells);
  if (size == 0) return 0;
  const int d = std::ranges::max_element(part.cells) - part.cells.begin();
  const int n = part.cells[d];
  if (n <= 2) return size * (size + part.around());
  const double separator = size / n;
  return separator * (separator + part.around()) + factor_entries(part.half(d, (n - 1) / 2)) +
         factor_entries(part.half(d, n - 1 - (n - 1) / 2));
}

}  // namespace

double fill_ratio(const GridIndex& cells) {
  double matrix = 1;
  for (int n : cells) matrix *= 3.0 * n - 2;
  return factor_entries({cells, {}}) / matrix;
}

}  // namespace ddpinn
