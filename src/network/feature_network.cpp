// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "network/feature_network.hpp"

#include "base/random.hpp"
#include "dense/lapack.hpp"
#include "network/monomial.hpp"

#include <algorithm>
#include <cmath>

namespace ddpinn {

namespace {

/// The space of jets along a line, up to an order: a function of one variable.
JetSpace line(int order) {
  const MultiIndex top{static_cast<std::uint8_t>(order)};
  return JetSpace(1, std::span(&top, 1));
}

}  // namespace

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

FeatureNetwork::FeatureNetwork(const NetworkShape& shape, double scale, std::uint64_t seed,
                               std::uint64_t subdomain)
    : shape_(shape), exponents_(monomials(shape.dimension, shape.polynomial_degree)) {
  Random random(seed, subdomain);
  auto inputs = static_cast<std::size_t>(shape.dimension);
  for (std::size_t l = 0; l < shape.hidden.size(); ++l) {
    const auto width = static_cast<std::size_t>(shape.hidden[l]);
    const double range = l == 0 ? scale : std::sqrt(3.0 / static_cast<double>(inputs));
    Layer layer{Matrix(inputs, width), std::vector<double>(width)};
    for (auto& w : layer.weight.entries()) w = random.uniform(-range, range);
    for (auto& b : layer.bias) b = random.uniform(-range, range);
    layers_.push_back(std::move(layer));
    inputs = width;
  }
}

FeatureNetwork::FeatureNetwork(const NetworkShape& shape, std::vector<Layer> layers)
    : shape_(shape),
      exponents_(monomials(shape.dimension, shape.polynomial_degree)),
      layers_(std::move(layers)) {}

void FeatureNetwork::evaluate(std::span<const Point> xi, const JetSpace& space,
                              std::vector<Matrix>& jets) const {
  const auto n = xi.size();
  jets.resize(space.size());
  for (auto& jet : jets)
    if (jet.rows() != n || jet.columns() != features()) jet = Matrix::uninitialised(n, features());
  polynomials(xi, space, jets);
  std::vector<Matrix> hidden;
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    const bool last = l + 1 == layers_.size();
    std::vector<Matrix> output;
    std::vector<double*> target;
    for (auto& jet : jets) {
      if (!last) output.push_back(Matrix::uninitialised(n, layers_[l].weight.columns()));
      target.push_back(last ? jet.column(shape_.polynomials()) : output.back().data());
    }
    if (l == 0)
      first_layer(xi, space, target);
    else
      next_layer(layers_[l], space, hidden, target);
    hidden = std::move(output);
  }
}

void FeatureNetwork::polynomials(std::span<const Point> xi, const JetSpace& space,
                                 std::vector<Matrix>& jets) const {
  for (std::size_t i = 0; i < space.size(); ++i)
    for (std::size_t j = 0; j < exponents_.size(); ++j) {
      double* column = jets[i].column(j);
      if (!divides(space[i], exponents_[j])) {
        std::fill_n(column, xi.size(), 0.0);
        continue;
      }
      for (std::size_t k = 0; k < xi.size(); ++k) column[k] = monomial_jet(xi[k], exponents_[j], space[i]);
    }
}

/// A unit of the first layer is a function of one variable z = a.xi + b, so its Taylor coefficient alpha is
/// the one of order |alpha| in z, times a^alpha and the number of ways |alpha|! / alpha!.
void FeatureNetwork::first_layer(std::span<const Point> xi, const JetSpace& space,
                                 const std::vector<double*>& target) const {
  const auto n = xi.size();
  const auto along = line(std::max(1, space.order()));
  const auto& [weight, bias] = layers_.front();
  std::vector<double> ways;
  for (const auto& alpha : space.indices())
    ways.push_back(factorial(MultiIndex{static_cast<std::uint8_t>(order(alpha))}) / factorial(alpha));
  std::vector<double> z(along.size() * n), work(activation_work(along) * n);
  for (std::size_t j = 0; j < weight.columns(); ++j) {
    std::fill(z.begin(), z.end(), 0.0);
    std::fill_n(z.begin() + static_cast<std::ptrdiff_t>(n), n, 1.0);
    for (std::size_t k = 0; k < n; ++k) {
      z[k] = bias[j];
      for (std::size_t d = 0; d < weight.rows(); ++d) z[k] += weight(d, j) * xi[k][d];
    }
    apply_activation(shape_.activation, along, n, z.data(), n, work.data());
    for (std::size_t i = 0; i < space.size(); ++i) {
      double factor = ways[i];
      for (std::size_t d = 0; d < weight.rows(); ++d)
        for (int power = 0; power < space[i][d]; ++power) factor *= weight(d, j);
      const double* source = z.data() + static_cast<std::size_t>(order(space[i])) * n;
      double* column = target[i] + j * n;
      for (std::size_t k = 0; k < n; ++k) column[k] = factor * source[k];
    }
  }
}

void FeatureNetwork::next_layer(const Layer& layer, const JetSpace& space, const std::vector<Matrix>& input,
                                const std::vector<double*>& target) const {
  const auto n = input.front().rows();
  for (std::size_t i = 0; i < space.size(); ++i)
    multiply(1, Op::none, input[i], Op::none, layer.weight, 0, target[i], n);
  std::vector<double> work(activation_work(space) * n), unit(space.size() * n);
  for (std::size_t j = 0; j < layer.weight.columns(); ++j) {
    for (std::size_t i = 0; i < space.size(); ++i) std::copy_n(target[i] + j * n, n, unit.data() + i * n);
    for (std::size_t k = 0; k < n; ++k) unit[k] += layer.bias[j];
    apply_activation(shape_.activation, space, n, unit.data(), n, work.data());
    for (std::size_t i = 0; i < space.size(); ++i) std::copy_n(unit.data() + i * n, n, target[i] + j * n);
  }
}

}  // namespace ddpinn
