// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "base/random.hpp"
#include "dense/matrix.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ddpinn::test {

/// Entries uniform in [-1, 1).
inline Matrix random_matrix(std::size_t rows, std::size_t columns, Random& random) {
  Matrix result(rows, columns);
  for (auto& value : result.entries()) value = random.uniform(-1, 1);
  return result;
}

/// Infinite where the sizes differ.
inline double largest_difference(const Matrix& a, const Matrix& b) {
  if (a.rows() != b.rows() || a.columns() != b.columns()) return std::numeric_limits<double>::infinity();
  double largest = 0;
  for (std::size_t i = 0; i < a.entries().size(); ++i)
    largest = std::max(largest, std::abs(a.entries()[i] - b.entries()[i]));
  return largest;
}

}  // namespace ddpinn::test
