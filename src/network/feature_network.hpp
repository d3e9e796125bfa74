// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "base/multi_index.hpp"
#include "network/network_kind.hpp"
#include "network/trainable_network.hpp"

#include <cstdint>
#include <memory>
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
  std::vector<int> directional_degree = {};      ///< n_d by direction, where they differ: the polynomials are
                                                 ///< those with sum of alpha_d / n_d <= 1 instead
  std::shared_ptr<const NetworkKind> kind = {};  ///< of the hidden layers; empty: fully connected
  std::vector<MultiIndex> enrichment = {};       ///< exponents of further polynomials, after the others

  std::size_t polynomials() const;
  std::vector<MultiIndex> exponents() const;
  /// How many of the polynomials, from the first, span the coarse space.
  std::size_t coarse_polynomials() const;
  /// Features that are no polynomials.
  std::size_t width() const { return kind ? kind->width() : hidden.back(); }
  std::size_t features() const { return polynomials() + width(); }
};

/// The kind of a shape's hidden layers, or one made for it where it names none.
std::shared_ptr<const NetworkKind> kind_of(const NetworkShape&);

/// The features of one subdomain's network, functions on [-1,1]^d: polynomials first (products of Legendre
/// polynomials, ascending in degree), then the features of its kind of hidden layers, with random parameters
/// that depend on (seed, subdomain) only.
class FeatureNetwork {
 public:
  FeatureNetwork(const NetworkShape&, double scale, std::uint64_t seed, std::uint64_t subdomain);
  /// With given hidden layers, as training leaves them. @param hidden as hidden() returns them
  FeatureNetwork(const NetworkShape&, std::vector<double> hidden);

  const NetworkShape& shape() const { return shape_; }
  std::size_t features() const { return shape_.features(); }
  /// The parameters of the hidden layers, as their kind has them.
  std::span<const double> hidden() const { return hidden_; }

 private:
  NetworkShape shape_;
  std::vector<double> hidden_;
};

/// The hidden layers of a fully connected network of this shape.
std::vector<TrainableShape::Layer> hidden_layers(const NetworkShape&);

/// Random weights and biases: of the first layer in [-scale, scale], as scrambled points of a Sobol sequence
/// (uniform, but evenly spread), of later ones uniform in [-s, s] with s = sqrt(3 / width), which keeps the
/// variance. @param parameters of all layers, written
void draw_layers(std::span<const TrainableShape::Layer> layers, double scale, std::uint64_t seed,
                 std::uint64_t subdomain, std::span<double> parameters);

/// The multi-indices in d directions of total order up to `degree`, ascending in it.
std::vector<MultiIndex> monomials(int dimension, int degree);
/// Those with sum of alpha_d / degree_d <= 1, ascending in total order. @param degree by direction
std::vector<MultiIndex> monomials(const std::vector<int>& degree);

}  // namespace ddpinn
