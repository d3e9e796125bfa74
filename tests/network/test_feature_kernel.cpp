// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "network/feature_kernel.hpp"

#include "network/network_support.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
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
      const auto jets = feature_jets(network, points, space);
      for (std::size_t i = 0; i < space.size(); ++i)
        for (std::size_t j = 0; j < exponents.size(); ++j)
          for (std::size_t k = 0; k < points.size(); ++k) {
            const double expected = product_derivative(points[k], exponents[j], space[i]);
            REQUIRE(std::abs(factorial(space[i]) * jets[i](k, j) - expected) <=
                    1e-13 * std::max(1.0, std::abs(expected)));
          }
    }
}

TEST_CASE("Features do not depend on the points evaluated with them") {
  Random random(2, 0);
  const NetworkShape shape{2, {6, 5}, Activation::gelu, 3};
  const FeatureNetwork network(shape, 1, 1, 0);
  const JetSpace space(2, multi_indices(2, 2));
  const auto points = random_points(2, 70, random);
  const auto all = feature_jets(network, points, space);
  for (std::size_t k = 0; k < points.size(); ++k) {
    const auto one = feature_jets(network, std::span(&points[k], 1), space);
    for (std::size_t i = 0; i < space.size(); ++i)
      for (std::size_t j = 0; j < network.features(); ++j)
        REQUIRE(one[i](0, j) == Approx(all[i](k, j)).epsilon(1e-13).margin(1e-14));
  }
}

TEST_CASE("Rows are the sums of jets that their coefficients say, for several functions at once") {
  Random random(3, 0);
  for (const auto& hidden : {std::vector<int>{13}, {6, 5}}) {
    const FeatureNetwork network({2, hidden, Activation::tanh, 2}, 1, 1, 0);
    const JetSpace space(2, multi_indices(2, 2));
    const auto points = random_points(2, 45, random);
    const auto jets = feature_jets(network, points, space);
    std::vector<Matrix> coefficients(3, Matrix(points.size(), space.size()));
    coefficients[1] = {};
    for (auto& set : coefficients)
      for (auto& c : set.entries()) c = random.uniform(-1, 1);
    Matrix rows(points.size(), 3 * network.features());
    make_fused_features(network.shape(), space)->rows(network, points, coefficients, rows);
    for (std::size_t set = 0; set < 3; ++set)
      for (std::size_t j = 0; j < network.features(); ++j)
        for (std::size_t k = 0; k < points.size(); ++k) {
          double expected = 0;
          for (std::size_t i = 0; i < space.size() && !coefficients[set].empty(); ++i)
            expected += coefficients[set](k, i) * jets[i](k, j);
          REQUIRE(rows(k, set * network.features() + j) == Approx(expected).epsilon(1e-13).margin(1e-14));
        }
  }
}

TEST_CASE("Sums of polynomials are taken direction after direction, whatever degrees there are") {
  Random random(4, 0);
  for (int dimension = 1; dimension <= max_dimension; ++dimension) {
    NetworkShape shape{dimension, {0}, Activation::tanh, 3};
    if (dimension == 2) shape.directional_degree = {4, 2};
    MultiIndex high{};
    high[static_cast<std::size_t>(dimension - 1)] = 4;
    shape.enrichment = {high};
    if (dimension > 1) shape.enrichment.push_back({4, 1});
    const FeatureNetwork network(shape, 1, 1, 0);
    const auto exponents = shape.exponents();
    REQUIRE(network.features() == exponents.size());
    std::vector<MultiIndex> second;
    for (std::size_t d = 0; d < static_cast<std::size_t>(dimension); ++d) second.emplace_back()[d] = 2;
    const auto points = random_points(dimension, 41, random);
    for (const auto& wanted : {second, multi_indices(dimension, 3)}) {
      const JetSpace space(dimension, wanted);
      Matrix coefficients(exponents.size(), 2);
      for (auto& c : coefficients.entries()) c = random.uniform(-1, 1);
      std::vector<Matrix> sums;
      make_fused_features(shape, space)->evaluate(network, points, coefficients, sums);
      for (std::size_t i = 0; i < space.size(); ++i)
        for (std::size_t f = 0; f < 2; ++f)
          for (std::size_t k = 0; k < points.size(); ++k) {
            double expected = 0;
            for (std::size_t j = 0; j < exponents.size(); ++j)
              expected += coefficients(j, f) * product_derivative(points[k], exponents[j], space[i]);
            REQUIRE(factorial(space[i]) * sums[i](k, f) == Approx(expected).epsilon(1e-12).margin(1e-12));
          }
    }
  }
}

TEST_CASE("Activations stay finite for large arguments") {
  const NetworkShape base{1, {8}, Activation::tanh, 2};
  const JetSpace space(1, multi_indices(1, max_order));
  const std::vector<Point> points{Point{-1}, Point{0.3}, Point{1}};
  for (auto activation : {Activation::tanh, Activation::sin, Activation::gelu, Activation::silu}) {
    auto shape = base;
    shape.activation = activation;
    for (const auto& jet : feature_jets(FeatureNetwork(shape, 2000, 1, 0), points, space))
      for (double value : jet.entries()) REQUIRE(std::isfinite(value));
  }
}

TEST_CASE("The vectorised tanh is the one of the C library, at all sizes and signs") {
  Random random(1, 0);
  const double infinity = std::numeric_limits<double>::infinity();
  std::vector<double> z{0.0, 5e-324, -1e-310, 18.9, -19.2, 20.1, 1e300, -1e300, infinity, -infinity};
  for (int i = 0; i < 10000; ++i) z.push_back(std::pow(10, random.uniform(-9, 1.5)) * random.uniform(-1, 1));
  std::vector<Point> points;
  for (double value : z) points.push_back(Point{value});
  // One unit of weight one and no bias: its values are tanh.
  const auto jets = feature_jets({{1, {1}, Activation::tanh, 0}, {1, 0}}, points, JetSpace(1, {}));
  for (std::size_t i = 0; i < z.size(); ++i) {
    const double expected = std::tanh(z[i]);
    INFO("z = " << z[i]);
    REQUIRE(std::abs(jets[0](i, 1) - expected) <=
            4 * std::numeric_limits<double>::epsilon() * std::abs(expected));
  }
}
