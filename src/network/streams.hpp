// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "network/jet_space.hpp"

#include <array>
#include <cstddef>
#include <utility>
#include <vector>

namespace ddpinn {

/// A number for each direction.
using Directional = std::array<double, max_dimension>;

/// What is carried forward through a network: a value (stream 0) and some of its derivatives, with the
/// product rule that they obey. Either a jet, one stream for each multi-index of a space, in its order, each
/// a Taylor coefficient d^alpha f / alpha!; or the value, the first derivatives in all d directions, and, as
/// one stream, L f = sum_k c_k d^2 f / dx_k^2 (all of `d + 2` streams where the Hessian's diagonal would be
/// `2 d + 1`). The coefficients c may be different for every network, since its affine map scales them.
class Streams {
 public:
  static Streams jet(const JetSpace&);
  static Streams laplacian(int dimension);

  int dimension() const { return dimension_; }
  std::size_t size() const { return products_.size(); }
  bool is_laplacian() const { return laplacian_; }
  /// The largest total order of differentiation.
  int order() const { return order_; }
  /// The stream of the first derivative in a direction, or 0 where it is not carried.
  std::size_t first(int direction) const { return first_[direction]; }
  /// The multi-indices of the derivatives that streams are sums of: of a jet its own; of the value, the first
  /// derivatives and a Laplacian these and, in the end, the second derivative in each direction.
  const std::vector<MultiIndex>& indices() const { return indices_; }
  /// The Taylor coefficients, by place in indices(), whose sum with these factors is stream i.
  std::vector<std::pair<std::size_t, double>> parts(std::size_t i, const Directional& c) const;

  /// A term factor * f_left * g_right.
  struct Term {
    std::size_t left;
    std::size_t right;
    double factor;
  };
  /// The terms of stream i of a product f g.
  std::vector<Term> product(std::size_t i, const Directional& c) const { return resolve(products_[i], c); }
  /// The terms with which stream i > 0 of y = sigma(z) follows from those of z (left) and of g = sigma'(z)
  /// (right), since dy = g dz. Only terms of g below stream i are used.
  std::vector<Term> chain(std::size_t i, const Directional& c) const { return resolve(chains_[i], c); }

 private:
  /// A term whose factor is multiplied by c_direction where direction >= 0.
  struct Rule {
    Term term;
    int direction = -1;
  };
  using Rules = std::vector<Rule>;
  static std::vector<Term> resolve(const Rules&, const Directional&);

  int dimension_ = 1;
  int order_ = 0;
  bool laplacian_ = false;
  std::array<std::size_t, max_dimension> first_{};
  std::vector<MultiIndex> indices_;
  std::vector<Rules> products_, chains_;
};

}  // namespace ddpinn
