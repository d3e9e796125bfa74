// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "network/feature_network.hpp"

#include "network/network_support.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

using namespace ddpinn;
using namespace ddpinn::test;

TEST_CASE("The polynomials of the coarse space are the first ones") {
  const NetworkShape shape{3, {5}, Activation::tanh, 6, 2};
  REQUIRE(shape.polynomials() == 84);
  REQUIRE(shape.coarse_polynomials() == 10);
  NetworkShape narrow = shape;
  narrow.directional_degree = {6, 6, 2};
  REQUIRE(narrow.polynomials() == 28 + 10 + 1);
  REQUIRE(narrow.coarse_polynomials() == 10);
  const auto exponents = monomials(3, 6);
  for (std::size_t j = 0; j < exponents.size(); ++j) REQUIRE((order(exponents[j]) <= 2) == (j < 10));
}

TEST_CASE("Weights depend on seed and subdomain, and lie in their layer's range") {
  const NetworkShape shape{2, {50, 40, 30}, Activation::sin, 2};
  const FeatureNetwork network(shape, 2.5, 7, 11), same(shape, 2.5, 7, 11);
  const FeatureNetwork other_seed(shape, 2.5, 8, 11), other_subdomain(shape, 2.5, 7, 12);
  const std::vector<double> range{2.5, std::sqrt(3.0 / 50), std::sqrt(3.0 / 40)};
  REQUIRE(std::ranges::equal(network.hidden(), same.hidden()));
  const auto layers = hidden_layers(shape);
  REQUIRE(layers.size() == 3);
  for (std::size_t l = 0; l < 3; ++l) {
    const auto weights = network.hidden().subspan(layers[l].weight, layers[l].inputs * layers[l].outputs);
    REQUIRE(weights[0] != other_seed.hidden()[layers[l].weight]);
    REQUIRE(weights[0] != other_subdomain.hidden()[layers[l].weight]);
    const auto [low, high] = std::ranges::minmax(weights);
    REQUIRE(low >= -range[l]);
    REQUIRE(high <= range[l]);
    REQUIRE(low < -0.9 * range[l]);
    REQUIRE(high > 0.9 * range[l]);
    for (double b : network.hidden().subspan(layers[l].bias, layers[l].outputs))
      REQUIRE(std::abs(b) <= range[l]);
  }
}

TEST_CASE("The units of a first layer spread evenly, none beside another's opposite") {
  const auto seed = GENERATE(1, 2, 3);
  const NetworkShape shape{1, {64}, Activation::tanh, 2};
  const FeatureNetwork network(shape, 1.5, seed, 5);
  const auto layer = hidden_layers(shape).front();
  std::set<std::pair<int, int>> cells;  // of 8 x 8 in the half of the box with positive weights
  int negative = 0;
  for (std::size_t j = 0; j < layer.outputs; ++j) {
    const double w = network.hidden()[layer.weight + j] / 1.5, b = network.hidden()[layer.bias + j] / 1.5;
    negative += w < 0;
    cells.emplace(std::floor(8 * std::abs(w)), std::floor(4 * (1 + std::copysign(1, w) * b)));
  }
  REQUIRE(cells.size() == layer.outputs);
  REQUIRE(negative > 16);
  REQUIRE(negative < 48);
}

TEST_CASE("Activations are known by their names, and others refused") {
  REQUIRE(value_spelled<Activation>("tanh") == Activation::tanh);
  REQUIRE(value_spelled<Activation>("sin") == Activation::sin);
  REQUIRE(value_spelled<Activation>("gelu") == Activation::gelu);
  REQUIRE(value_spelled<Activation>("silu") == Activation::silu);
  REQUIRE(!value_spelled<Activation>("relu"));
}
