// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// Jets of features against LibTorch: the same network with the same weights is written as an expression,
// whose derivatives are those of nested automatic differentiation.
#include "network/network_support.hpp"
#include "problem/expression/expression.hpp"
#include "support/catch.hpp"

#include <fmt/format.h>
#include <cmath>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

const std::string coordinates = "xyzw";

std::string activated(Activation activation, const std::string& z) {
  switch (activation) {
    case Activation::tanh:
      return fmt::format("tanh({})", z);
    case Activation::sin:
      return fmt::format("sin({})", z);
    case Activation::gelu:
      return fmt::format("0.5*{0}*(1 + erf({0}/sqrt(2)))", z);
    case Activation::silu:
      return fmt::format("{0}/(1 + exp(-{0}))", z);
  }
  return "";
}

/// A network as definitions: z<l>_<j> and y<l>_<j> are what enters and leaves unit j of layer l.
Scope written_out(const FeatureNetwork& network, Activation activation, int dimension) {
  Scope scope;
  for (int d = 0; d < dimension; ++d) scope.coordinates.push_back(coordinates.substr(d, 1));
  std::vector<std::string> inputs = scope.coordinates;
  const auto layers = hidden_layers(network.shape());
  for (std::size_t l = 0; l < layers.size(); ++l) {
    const double *weight = network.hidden().data() + layers[l].weight,
                 *bias = network.hidden().data() + layers[l].bias;
    std::vector<std::string> outputs;
    for (std::size_t j = 0; j < layers[l].outputs; ++j) {
      std::string sum = fmt::format("({:.17g})", bias[j]);
      for (std::size_t i = 0; i < layers[l].inputs; ++i)
        sum += fmt::format(" + ({:.17g})*{}", *weight++, inputs[i]);
      const auto z = fmt::format("enter{}{}", l, std::string(1, static_cast<char>('a' + j)));
      outputs.push_back(fmt::format("leave{}{}", l, std::string(1, static_cast<char>('a' + j))));
      scope.definitions.push_back({z, {sum, {}}});
      scope.definitions.push_back({outputs.back(), {activated(activation, z), {}}});
    }
    inputs = outputs;
  }
  return scope;
}

/// Requires that the jets of the units of the last layer are those of automatic differentiation.
void require_same(const NetworkShape& shape, double scale, const std::vector<MultiIndex>& wanted,
                  Random& random) {
  const FeatureNetwork network(shape, scale, 3, 5);
  const JetSpace space(shape.dimension, wanted);
  const auto points = random_points(shape.dimension, 4, random);
  const auto jets = feature_jets(network, points, space);
  REQUIRE(jets.size() == space.size());
  const auto scope = written_out(network, shape.activation, shape.dimension);
  for (std::size_t j = 0; j < static_cast<std::size_t>(shape.hidden.back()); ++j) {
    const auto last = static_cast<std::size_t>(shape.hidden.back()) - 1 - j;
    const Expression feature({scope.definitions[scope.definitions.size() - 1 - 2 * last].first, {}}, scope);
    const auto expected = feature.differentiate(points, space.indices());
    for (std::size_t i = 0; i < space.size(); ++i)
      for (std::size_t k = 0; k < points.size(); ++k) {
        double size = 1;
        for (std::size_t l = 0; l < space.size(); ++l)
          if (order(space[l]) <= order(space[i])) size = std::max(size, std::abs(expected[l][k]));
        const double found = factorial(space[i]) * jets[i](k, shape.polynomials() + j);
        INFO("unit " << j << ", multi-index " << i << ", point " << k);
        REQUIRE(std::abs(found - expected[i][k]) < 1e-12 * size);
      }
  }
}

}  // namespace

TEST_CASE("Jets of all activations and depths agree with automatic differentiation") {
  Random random(1, 0);
  for (auto activation : {Activation::tanh, Activation::sin, Activation::gelu, Activation::silu})
    for (const auto& hidden : {std::vector<int>{3}, {4, 2}, {3, 3, 2}})
      for (int dimension = 1; dimension <= max_dimension; ++dimension) {
        INFO("activation " << static_cast<int>(activation) << ", " << hidden.size() << " layers, dimension "
                           << dimension);
        const NetworkShape shape{dimension, hidden, activation, 2};
        // All orders where that is cheap, else those of a random set.
        const bool cheap = dimension <= 2 || hidden.size() == 1;
        require_same(shape, 1.5,
                     cheap ? multi_indices(dimension, max_order) : random_multi_indices(dimension, 2, random),
                     random);
      }
}

TEST_CASE("Jets over random downward-closed sets agree with automatic differentiation") {
  Random random(2, 0);
  for (int trial = 0; trial < 12; ++trial) {
    const int dimension = 1 + trial % max_dimension;
    const auto activation = static_cast<Activation>(trial / 3);
    INFO("trial " << trial);
    require_same({dimension, {4, 2}, activation, 3}, 3,
                 random_multi_indices(dimension, 1 + trial % 3, random), random);
  }
}
