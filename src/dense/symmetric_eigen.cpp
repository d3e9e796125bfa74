// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "dense/symmetric_eigen.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace ddpinn {

namespace {

/// Makes a(p, q) zero, and turns the vectors with it.
void rotate(Matrix& a, Matrix& vectors, std::size_t p, std::size_t q) {
  const double theta = (a(q, q) - a(p, p)) / (2 * a(p, q));
  const double t = (theta >= 0 ? 1 : -1) / (std::abs(theta) + std::hypot(theta, 1));
  const double c = 1 / std::hypot(t, 1), s = t * c;
  for (std::size_t k = 0; k < a.rows(); ++k) {
    const double kp = a(k, p), kq = a(k, q);
    a(k, p) = c * kp - s * kq;
    a(k, q) = s * kp + c * kq;
  }
  for (std::size_t k = 0; k < a.rows(); ++k) {
    const double pk = a(p, k), qk = a(q, k);
    a(p, k) = c * pk - s * qk;
    a(q, k) = s * pk + c * qk;
    const double vp = vectors(k, p), vq = vectors(k, q);
    vectors(k, p) = c * vp - s * vq;
    vectors(k, q) = s * vp + c * vq;
  }
}

/// @returns whether anything was turned
bool sweep(Matrix& a, Matrix& vectors, double rounding) {
  bool turned = false;
  for (std::size_t p = 0; p < a.rows(); ++p)
    for (std::size_t q = p + 1; q < a.rows(); ++q) {
      const double size = std::abs(a(p, q));
      if (size <= 1e-16 * std::sqrt(std::abs(a(p, p) * a(q, q))) || size <= rounding) continue;
      rotate(a, vectors, p, q);
      turned = true;
    }
  return turned;
}

}  // namespace

SymmetricEigen symmetric_eigen(Matrix a) {
  constexpr int most_sweeps = 30;
  const auto n = a.rows();
  Matrix vectors(n, n);
  for (std::size_t i = 0; i < n; ++i) vectors(i, i) = 1;
  double largest = 0;
  for (double value : a.entries()) largest = std::max(largest, std::abs(value));
  for (int i = 0; i < most_sweeps && sweep(a, vectors, 1e-18 * largest); ++i) continue;
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::ranges::greater{}, [&](std::size_t i) { return std::abs(a(i, i)); });
  SymmetricEigen result{{}, Matrix(n, n)};
  for (std::size_t j = 0; j < n; ++j) {
    result.values.push_back(a(order[j], order[j]));
    std::copy_n(vectors.column(order[j]), n, result.vectors.column(j));
  }
  return result;
}

}  // namespace ddpinn
