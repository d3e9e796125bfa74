// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "dense/matrix.hpp"
#include "network/activation.hpp"
#include "network/jet_space.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace ddpinn {

/// What the networks of all subdomains have in common.
struct NetworkShape {
  int dimension = 1;
  std::vector<int> hidden;  ///< widths of the hidden layers
  Activation activation = Activation::tanh;
  int polynomial_degree = 2;  ///< the polynomials in xi up to this total degree are features too
  int coarse_degree = 1000;   ///< those up to this degree span the coarse space
  std::vector<int> directional_degree = {};  ///< n_d by direction, where they differ: the polynomials are
                                             ///< those with sum of alpha_d / n_d <= 1 instead

  std::size_t polynomials() const;
  std::vector<MultiIndex> exponents() const;
  /// How many of the polynomials, from the first, span the coarse space.
  std::size_t coarse_polynomials() const;
  std::size_t features() const { return polynomials() + static_cast<std::size_t>(hidden.back()); }
};

/// The features of one subdomain's network, functions on [-1,1]^d: polynomials first (products of Legendre
/// polynomials, ascending in degree), then the units of the last hidden layer, with random weights that
/// depend on (seed, subdomain) only. First-layer weights and biases are uniform in [-scale, scale]; later
/// layers' in [-s, s] with s = sqrt(3 / width), which keeps the variance.
class FeatureNetwork {
 public:
  struct Layer {
    Matrix weight;  ///< inputs by outputs
    std::vector<double> bias;
  };

  FeatureNetwork(const NetworkShape&, double scale, std::uint64_t seed, std::uint64_t subdomain);
  /// With given hidden layers, as training leaves them.
  FeatureNetwork(const NetworkShape&, std::vector<Layer> layers);

  std::size_t features() const { return shape_.features(); }
  /// The hidden layers; the last one's units are the features after the polynomials.
  const std::vector<Layer>& layers() const { return layers_; }

  /// Taylor coefficients with respect to xi of all features at n points.
  /// @param jets one n-by-features matrix for each multi-index of `space`; resized as needed
  void evaluate(std::span<const Point> xi, const JetSpace& space, std::vector<Matrix>& jets) const;

 private:
  void polynomials(std::span<const Point> xi, const JetSpace&, std::vector<Matrix>& jets) const;
  /// @param target where each multi-index's Taylor coefficients go: points by units
  void first_layer(std::span<const Point> xi, const JetSpace&, const std::vector<double*>& target) const;
  void next_layer(const Layer&, const JetSpace&, const std::vector<Matrix>& input,
                  const std::vector<double*>& target) const;

  NetworkShape shape_;
  std::vector<MultiIndex> exponents_;  ///< of the polynomials
  std::vector<Layer> layers_;
};

/// The multi-indices in d directions of total order up to `degree`, ascending in it.
std::vector<MultiIndex> monomials(int dimension, int degree);
/// Those with sum of alpha_d / degree_d <= 1, ascending in total order. @param degree by direction
std::vector<MultiIndex> monomials(const std::vector<int>& degree);

}  // namespace ddpinn
