// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "network/legendre.hpp"

#include "network/jet_space.hpp"

#include <algorithm>

namespace ddpinn {

LegendreProducts::LegendreProducts(int dimension, std::vector<MultiIndex> degrees, int order)
    : dimension_(dimension), degrees_(std::move(degrees)), orders_(order + 1), highest_(0) {
  for (const auto& e : degrees_)
    for (std::size_t d = 0; d < dimension_; ++d) highest_ = std::max(highest_, static_cast<int>(e[d]));
}

std::size_t LegendreProducts::place(std::size_t direction, int order, int degree) const {
  const auto column = (static_cast<int>(direction) * orders_ + order) * (highest_ + 1) + degree;
  return static_cast<std::size_t>(column) * n_;
}

const double* LegendreProducts::at(std::size_t direction, int order, int degree) const {
  return table_.data() + place(direction, order, degree);
}

/// Differentiated, (p + 1) P_(p+1) = (2p + 1) x P_p - p P_(p-1) gives the coefficients of each order from
/// those of lower degree and order (Abramowitz and Stegun, 22.7.10).
void LegendreProducts::recur(const double* x, std::size_t direction, int order, int degree) {
  double* to = table_.data() + place(direction, order, degree);
  if (degree == 0) return std::fill_n(to, n_, order == 0 ? 1.0 : 0.0), void();
  const double by_x = (2 * degree - 1.0) / degree, by_older = (degree - 1.0) / degree;
  const double* last = at(direction, order, degree - 1);
  const double* lower = order > 0 ? at(direction, order - 1, degree - 1) : nullptr;
  const double* older = degree > 1 ? at(direction, order, degree - 2) : nullptr;
  for (std::size_t k = 0; k < n_; ++k) {
    to[k] = by_x * x[k] * last[k];
    if (lower != nullptr) to[k] += by_x * lower[k];
    if (older != nullptr) to[k] -= by_older * older[k];
  }
}

void LegendreProducts::take(const double* x, std::size_t n) {
  n_ = n;
  table_.resize(dimension_ * static_cast<std::size_t>(orders_ * (highest_ + 1)) * n);
  for (std::size_t d = 0; d < dimension_; ++d)
    for (int order = 0; order < orders_; ++order)
      for (int degree = 0; degree <= highest_; ++degree) recur(x + d * n, d, order, degree);
}

void LegendreProducts::fill(std::size_t j, const MultiIndex& alpha, double* to) const {
  const auto& e = degrees_[j];
  if (!divides(alpha, e)) return std::fill_n(to, n_, 0.0), void();
  std::copy_n(at(0, alpha[0], e[0]), n_, to);
  for (std::size_t d = 1; d < dimension_; ++d) {
    if (e[d] == 0) continue;
    const double* factor = at(d, alpha[d], e[d]);
    for (std::size_t k = 0; k < n_; ++k) to[k] *= factor[k];
  }
}

}  // namespace ddpinn
