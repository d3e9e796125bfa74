// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "network/jet_space.hpp"

#include <cstddef>
#include <vector>

namespace ddpinn::fused {

/// Jets of the monomials xi^e up to a total degree, as units of a tile.
class Polynomials {
 public:
  Polynomials(int dimension, int degree, const JetSpace&);

  std::size_t size() const { return products_.size(); }

  /// @param from   coordinates of the tile, direction by direction, `points` apart
  /// @param to     the streams' first units; streams are `stride` numbers apart, units `points`
  void fill(const double* from, std::size_t points, std::size_t stride, double* to) const;

 private:
  /// A monomial is another one, before it, times a coordinate.
  struct Product {
    std::size_t factor;
    std::size_t direction;
  };
  /// Taylor coefficient alpha of xi^e is binomial(e, alpha) xi^(e - alpha), which is a monomial too.
  struct Coefficient {
    std::size_t monomial = 0;
    double number = 0;  ///< zero where alpha is not below e
  };

  std::vector<Product> products_;          ///< by monomial; the first one is 1
  std::vector<Coefficient> coefficients_;  ///< by multi-index but the first, by monomial
};

}  // namespace ddpinn::fused
