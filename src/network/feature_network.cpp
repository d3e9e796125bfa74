// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "network/feature_network.hpp"

#include "base/random.hpp"
#include "dense/lapack.hpp"

#include <algorithm>
#include <cmath>

namespace ddpinn {

namespace {

/// The space of jets along a line, up to an order: a function of one variable.
JetSpace line(int order) {
  const MultiIndex top{static_cast<std::uint8_t>(order)};
  return JetSpace(1, std::span(&top, 1));
}

double binomial(int n, int k) {
  double result = 1;
  for (int i = 1; i <= k; ++i) result = result * (n - k + i) / i;
  return result;
}

/// The highest degree in one direction.
int top(const std::vector<MultiIndex>& exponents, int d) {
  int result = 0;
  for (const auto& alpha : exponents) result = std::max(result, static_cast<int>(alpha[d]));
  return result;
}

/// Taylor coefficients of the Legendre polynomials at n points x of one direction: P_p^(a)(x) / a! is at
/// [(a * (degree + 1) + p) * n + point]. Differentiated, (p + 1) P_(p+1) = (2p + 1) x P_p - p P_(p-1).
class LegendreJets {
 public:
  LegendreJets(std::span<const Point> xi, std::size_t direction, int degree, int order)
      : n_(xi.size()), count_(degree + 1), values_(n_ * static_cast<std::size_t>(count_ * (order + 1))) {
    for (int a = 0; a <= order; ++a)
      for (int p = 0; p <= degree; ++p) fill(xi, direction, a, p);
  }

  const double* at(int order, int degree) const {
    return values_.data() + static_cast<std::size_t>(order * count_ + degree) * n_;
  }

 private:
  void fill(std::span<const Point> xi, std::size_t d, int a, int p) {
    auto* out = values_.data() + static_cast<std::size_t>(a * count_ + p) * n_;
    if (p == 0) return std::fill_n(out, n_, a == 0 ? 1.0 : 0.0), void();
    const double by_x = (2 * p - 1.0) / p, by_older = (p - 1.0) / p;
    const double* old = at(a, p - 1);
    for (std::size_t k = 0; k < n_; ++k) out[k] = by_x * xi[k][d] * old[k];
    if (a > 0) add(by_x, at(a - 1, p - 1), out);
    if (p > 1) add(-by_older, at(a, p - 2), out);
  }

  void add(double factor, const double* from, double* to) const {
    for (std::size_t k = 0; k < n_; ++k) to[k] += factor * from[k];
  }

  std::size_t n_;
  int count_;
  std::vector<double> values_;
};

}  // namespace

std::vector<MultiIndex> monomials(const std::vector<int>& degree) {
  std::vector<MultiIndex> found;
  MultiIndex alpha{};
  const auto visit = [&](auto&& self, std::size_t d, double left) -> void {
    if (d == degree.size()) return found.push_back(alpha);
    const double cost = degree[d] > 0 ? 1.0 / degree[d] : 2.0;
    for (int k = 0; k * cost <= left + 1e-9; ++k) {
      alpha[d] = static_cast<std::uint8_t>(k);
      self(self, d + 1, left - k * cost);
    }
    alpha[d] = 0;
  };
  visit(visit, 0, 1);
  std::ranges::sort(
      found, [](const auto& a, const auto& b) { return order(a) != order(b) ? order(a) < order(b) : a > b; });
  return found;
}

std::vector<MultiIndex> monomials(int dimension, int degree) {
  return monomials(std::vector<int>(static_cast<std::size_t>(dimension), degree));
}

std::vector<MultiIndex> NetworkShape::exponents() const {
  return directional_degree.empty() ? monomials(dimension, polynomial_degree) : monomials(directional_degree);
}

std::size_t NetworkShape::polynomials() const {
  if (!directional_degree.empty()) return exponents().size();
  return static_cast<std::size_t>(std::lround(binomial(dimension + polynomial_degree, dimension)));
}

std::size_t NetworkShape::coarse_polynomials() const {
  const auto all = exponents();
  return static_cast<std::size_t>(
      std::ranges::count_if(all, [&](const auto& alpha) { return order(alpha) <= coarse_degree; }));
}

FeatureNetwork::FeatureNetwork(const NetworkShape& shape, double scale, std::uint64_t seed,
                               std::uint64_t subdomain)
    : shape_(shape), exponents_(shape.exponents()) {
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
    : shape_(shape), exponents_(shape.exponents()), layers_(std::move(layers)) {}

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
  int highest = 0;
  for (std::size_t i = 0; i < space.size(); ++i) highest = std::max(highest, order(space[i]));
  std::vector<LegendreJets> legendre;
  for (int d = 0; d < shape_.dimension; ++d)
    legendre.emplace_back(xi, static_cast<std::size_t>(d), top(exponents_, d), highest);
  for (std::size_t i = 0; i < space.size(); ++i)
    for (std::size_t j = 0; j < exponents_.size(); ++j) {
      double* column = jets[i].column(j);
      const auto factor = [&](std::size_t d) { return legendre[d].at(space[i][d], exponents_[j][d]); };
      std::copy_n(factor(0), xi.size(), column);
      for (std::size_t d = 1; d < legendre.size(); ++d) {
        const double* values = factor(d);
        for (std::size_t k = 0; k < xi.size(); ++k) column[k] *= values[k];
      }
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
