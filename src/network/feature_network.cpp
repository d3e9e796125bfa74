// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "network/feature_network.hpp"

#include "base/random.hpp"
#include "network/jet_space.hpp"
#include "network/monomial.hpp"

#include <cmath>
#include <utility>

namespace ddpinn {

std::vector<MultiIndex> monomials(int dimension, int degree) {
  std::vector<MultiIndex> tops;
  MultiIndex alpha{};
  const auto visit = [&](auto&& self, int direction, int left) -> void {
    if (direction == dimension) {
      tops.push_back(alpha);
      return;
    }
    for (int k = 0; k <= left; ++k) {
      alpha[direction] = static_cast<std::uint8_t>(k);
      self(self, direction + 1, left - k);
    }
    alpha[direction] = 0;
  };
  visit(visit, 0, degree);
  return JetSpace(dimension, tops).indices();
}

std::size_t NetworkShape::polynomials() const {
  return static_cast<std::size_t>(std::lround(binomial(dimension + polynomial_degree, dimension)));
}

std::vector<TrainableShape::Layer> hidden_layers(const NetworkShape& shape) {
  auto layers = TrainableShape{shape.dimension, shape.hidden, 1, shape.activation}.layers();
  layers.pop_back();
  return layers;
}

FeatureNetwork::FeatureNetwork(const NetworkShape& shape, double scale, std::uint64_t seed,
                               std::uint64_t subdomain)
    : shape_(shape) {
  Random random(seed, subdomain);
  for (const auto& layer : hidden_layers(shape)) {
    const double range = layer.weight == 0 ? scale : std::sqrt(3.0 / static_cast<double>(layer.inputs));
    for (std::size_t i = 0; i < (layer.inputs + 1) * layer.outputs; ++i)
      hidden_.push_back(random.uniform(-range, range));
  }
}

FeatureNetwork::FeatureNetwork(const NetworkShape& shape, std::vector<double> hidden)
    : shape_(shape), hidden_(std::move(hidden)) {}

}  // namespace ddpinn
