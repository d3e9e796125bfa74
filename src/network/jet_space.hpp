// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "base/multi_index.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace ddpinn {

/// alpha! = product of the factorials of the entries.
double factorial(const MultiIndex& alpha);

/// Whether beta <= alpha in every entry.
bool divides(const MultiIndex& beta, const MultiIndex& alpha);

/// alpha - beta, for beta <= alpha.
MultiIndex difference(const MultiIndex& alpha, const MultiIndex& beta);

/// A downward-closed set of multi-indices: with alpha it holds every beta <= alpha. A jet over it holds, for
/// each alpha, the Taylor coefficient d^alpha f / alpha!, in which products are plain convolutions.
class JetSpace {
 public:
  /// The smallest such set that holds `wanted`, and 0.
  JetSpace(int dimension, std::span<const MultiIndex> wanted);

  int dimension() const { return dimension_; }
  /// The largest total order.
  int order() const { return order_; }
  std::size_t size() const { return indices_.size(); }
  /// The i-th multi-index; ascending in total order, 0 first.
  const MultiIndex& operator[](std::size_t i) const { return indices_[i]; }
  const std::vector<MultiIndex>& indices() const { return indices_; }
  /// The place of alpha. @pre alpha is in the set
  std::size_t index_of(const MultiIndex& alpha) const;

  /// (f g)_alpha = sum over factors of f_left g_right.
  struct Factor {
    std::size_t left;
    std::size_t right;
  };
  std::span<const Factor> factors(std::size_t i) const { return factors_[i]; }

 private:
  int dimension_;
  int order_ = 0;
  std::vector<MultiIndex> indices_;
  std::vector<std::vector<Factor>> factors_;
};

}  // namespace ddpinn
