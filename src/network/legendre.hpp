// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "base/multi_index.hpp"

#include <cstddef>
#include <vector>

namespace ddpinn {

/// Products over the directions of Legendre polynomials, P_e1(x_1) P_e2(x_2) ..., and their Taylor
/// coefficients, at a set of points.
class LegendreProducts {
 public:
  /// @param degrees e of each product @param order highest total order of the Taylor coefficients
  LegendreProducts(int dimension, std::vector<MultiIndex> degrees, int order);

  std::size_t size() const { return degrees_.size(); }

  /// Takes the points. @param x coordinates, direction by direction, n apart
  void take(const double* x, std::size_t n);
  /// Taylor coefficient alpha of product j. @param to n numbers
  void fill(std::size_t j, const MultiIndex& alpha, double* to) const;

  std::size_t points() const { return n_; }
  /// Taylor coefficient of a direction's polynomial of a degree: points() numbers.
  const double* at(std::size_t direction, int order, int degree) const;

 private:
  void recur(const double* x, std::size_t direction, int order, int degree);
  std::size_t place(std::size_t direction, int order, int degree) const;

  std::size_t dimension_;
  std::vector<MultiIndex> degrees_;
  int orders_, highest_;  ///< coefficients and polynomials of a direction
  std::size_t n_ = 0;
  std::vector<double> table_;  ///< by direction, order and degree: n numbers
};

}  // namespace ddpinn
