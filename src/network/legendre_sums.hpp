// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "network/legendre.hpp"

#include <cstddef>
#include <vector>

namespace ddpinn {

/// Sums of Legendre products with coefficients, and their Taylor coefficients, direction after direction (sum
/// factorisation: Orszag, J. Comput. Phys. 37, 1980): of all products that agree in the first directions, the
/// sums over the last one are taken first. In four dimensions 210 polynomials and the eight coefficients that
/// the heat equation needs take 1000 products at each point instead of 5000.
class LegendreSums {
 public:
  /// @param degrees of each product, as LegendreProducts has them @param derivatives wanted ones
  LegendreSums(int dimension, const std::vector<MultiIndex>& degrees,
               const std::vector<MultiIndex>& derivatives);

  /// At the points that the products have taken. @param coefficients by product
  /// @param to by derivative, `stride` apart: a number for each point
  void sum(const LegendreProducts& products, const double* coefficients, double* to, std::size_t stride);

 private:
  /// Products of the directions up to one of them that differ there alone have one parent.
  struct Node {
    std::size_t parent;
    int degree;  ///< in the last of these directions
  };
  /// Orders of differentiation from a direction on.
  struct Orders {
    int first;
    std::size_t rest;  ///< place of those of the directions after it
  };
  struct Direction {
    std::vector<Node> nodes;
    std::size_t parents = 0;
    std::vector<Orders> orders;
  };

  void find_nodes(const std::vector<MultiIndex>& degrees);
  void find_orders(const std::vector<MultiIndex>& derivatives);

  std::vector<Direction> directions_;
  std::vector<std::size_t> product_;  ///< of each node of the last direction
  std::vector<double> sums_, more_;   ///< by node of a direction and orders of those after it: by point
};

}  // namespace ddpinn
