// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "network/feature_network.hpp"

#include "network/network_support.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <set>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

/// d^alpha of the monomial, by repeated differentiation of one power after the other.
double monomial_derivative(const Point& xi, const MultiIndex& exponent, const MultiIndex& alpha) {
  double value = 1;
  for (std::size_t d = 0; d < exponent.size(); ++d) {
    for (int k = 0; k < alpha[d]; ++k) value *= exponent[d] - k;
    if (exponent[d] >= alpha[d]) value *= std::pow(xi[d], exponent[d] - alpha[d]);
  }
  return value;
}

/// Legendre polynomials by their coefficients, ascending (Abramowitz and Stegun, 22.3.8).
const std::vector<std::vector<double>> legendre{
    {1}, {0, 1}, {-0.5, 0, 1.5}, {0, -1.5, 0, 2.5}, {0.375, 0, -3.75, 0, 4.375}};

/// d^alpha of the product of Legendre polynomials of these degrees.
double product_derivative(const Point& xi, const MultiIndex& degrees, const MultiIndex& alpha) {
  double value = 1;
  for (std::size_t d = 0; d < degrees.size(); ++d) {
    double factor = 0;
    const auto& coefficients = legendre[degrees[d]];
    for (std::size_t p = 0; p < coefficients.size(); ++p)
      factor += coefficients[p] * monomial_derivative({xi[d]}, {static_cast<std::uint8_t>(p)}, {alpha[d]});
    value *= factor;
  }
  return value;
}

}  // namespace

TEST_CASE("The first features are all products of Legendre polynomials") {
  Random random(1, 0);
  for (int dimension = 1; dimension <= max_dimension; ++dimension)
    for (int degree = 0; degree <= 4; ++degree) {
      const NetworkShape shape{dimension, {3}, Activation::tanh, degree};
      const FeatureNetwork network(shape, 1, 1, 0);
      const auto exponents = monomials(dimension, degree);
      REQUIRE(exponents.size() == multi_indices(dimension, degree).size());
      REQUIRE(std::set<MultiIndex>(exponents.begin(), exponents.end()).size() == exponents.size());
      REQUIRE(shape.polynomials() == exponents.size());
      REQUIRE(network.features() == exponents.size() + 3);
      const JetSpace space(dimension, multi_indices(dimension, max_order));
      auto points = random_points(dimension, 5, random);
      points.push_back(Point{});
      std::vector<Matrix> jets;
      network.evaluate(points, space, jets);
      for (std::size_t i = 0; i < space.size(); ++i)
        for (std::size_t j = 0; j < exponents.size(); ++j)
          for (std::size_t k = 0; k < points.size(); ++k) {
            const double expected = product_derivative(points[k], exponents[j], space[i]);
            REQUIRE(std::abs(factorial(space[i]) * jets[i](k, j) - expected) <=
                    1e-13 * std::max(1.0, std::abs(expected)));
          }
    }
}

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
  REQUIRE(network.layers().size() == 3);
  for (std::size_t l = 0; l < 3; ++l) {
    const auto weights = network.layers()[l].weight.entries();
    REQUIRE(std::ranges::equal(weights, same.layers()[l].weight.entries()));
    REQUIRE(!std::ranges::equal(weights, other_seed.layers()[l].weight.entries()));
    REQUIRE(!std::ranges::equal(weights, other_subdomain.layers()[l].weight.entries()));
    const auto [low, high] = std::ranges::minmax(weights);
    REQUIRE(low >= -range[l]);
    REQUIRE(high <= range[l]);
    REQUIRE(low < -0.9 * range[l]);
    REQUIRE(high > 0.9 * range[l]);
    for (double b : network.layers()[l].bias) REQUIRE(std::abs(b) <= range[l]);
  }
}

TEST_CASE("Features do not depend on the points evaluated with them, nor on what the jets held before") {
  Random random(2, 0);
  const NetworkShape shape{2, {6, 5}, Activation::gelu, 3};
  const FeatureNetwork network(shape, 1, 1, 0);
  const JetSpace space(2, multi_indices(2, 2));
  const auto points = random_points(2, 7, random);
  std::vector<Matrix> all, one(3, Matrix(9, 2));
  network.evaluate(points, space, all);
  for (std::size_t k = 0; k < points.size(); ++k) {
    network.evaluate(std::span(&points[k], 1), space, one);
    for (std::size_t i = 0; i < space.size(); ++i)
      for (std::size_t j = 0; j < network.features(); ++j)
        REQUIRE(one[i](0, j) == Approx(all[i](k, j)).epsilon(1e-13).margin(1e-14));
  }
}

TEST_CASE("Activations are known by their names, and others refused") {
  REQUIRE(activation_from("tanh") == Activation::tanh);
  REQUIRE(activation_from("sin") == Activation::sin);
  REQUIRE(activation_from("gelu") == Activation::gelu);
  REQUIRE(activation_from("silu") == Activation::silu);
  REQUIRE(contains(message_of([] { activation_from("relu"); }), "unknown activation 'relu'"));
}

TEST_CASE("Activations stay finite for large arguments") {
  const NetworkShape base{1, {8}, Activation::tanh, 2};
  const JetSpace space(1, multi_indices(1, max_order));
  const std::vector<Point> points{Point{-1}, Point{0.3}, Point{1}};
  for (auto activation : {Activation::tanh, Activation::sin, Activation::gelu, Activation::silu}) {
    auto shape = base;
    shape.activation = activation;
    std::vector<Matrix> jets;
    FeatureNetwork(shape, 2000, 1, 0).evaluate(points, space, jets);
    for (const auto& jet : jets)
      for (double value : jet.entries()) REQUIRE(std::isfinite(value));
  }
}
