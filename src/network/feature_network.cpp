// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "network/feature_network.hpp"

#include "base/random.hpp"
#include "geometry/sobol.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace ddpinn {

namespace {

double binomial(int n, int k) {
  double result = 1;
  for (int i = 1; i <= k; ++i) result = result * (n - k + i) / i;
  return result;
}

/// The units of a layer, spread evenly over the box of their weights and bias, so that no two are nearly the
/// same and no part of the box stays empty. A unit and its opposite, (w, b) and (-w, -b), are one feature of
/// an odd activation: the even points fill half of the box, and the sign is random.
void spread_units(std::size_t inputs, double scale, Random& random, std::span<double> parameters) {
  const auto outputs = parameters.size() / (inputs + 1);
  const auto even = std::min<std::size_t>(inputs + 1, max_dimension);
  const auto points = sobol_points(int(even), int(outputs), random.bits());
  for (std::size_t j = 0; j < outputs; ++j) {
    const double sign = random.uniform() < 0.5 ? -scale : scale;
    for (std::size_t i = 0; i <= inputs; ++i) {
      const double at = i < even ? points[j][i] : random.uniform();
      parameters[i < inputs ? j * inputs + i : inputs * outputs + j] = sign * (i == 0 ? at : 2 * at - 1);
    }
  }
}

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
  auto all =
      directional_degree.empty() ? monomials(dimension, polynomial_degree) : monomials(directional_degree);
  all.insert(all.end(), enrichment.begin(), enrichment.end());
  return all;
}

std::size_t NetworkShape::polynomials() const {
  if (!directional_degree.empty()) return exponents().size();
  return std::lround(binomial(dimension + polynomial_degree, dimension)) + enrichment.size();
}

std::vector<TrainableShape::Layer> hidden_layers(const NetworkShape& shape) {
  auto layers = TrainableShape{shape.dimension, shape.hidden, 1, shape.activation}.layers();
  layers.pop_back();
  return layers;
}

std::size_t NetworkShape::coarse_polynomials() const {
  auto all = exponents();
  all.resize(all.size() - enrichment.size());
  return std::ranges::count_if(all, [&](const auto& alpha) { return order(alpha) <= coarse_degree; });
}

std::shared_ptr<const NetworkKind> kind_of(const NetworkShape& shape) {
  return shape.kind ? shape.kind : make_mlp({shape.dimension, shape.hidden, shape.activation});
}

void draw_layers(std::span<const TrainableShape::Layer> layers, double scale, std::uint64_t seed,
                 std::uint64_t subdomain, std::span<double> parameters) {
  Random random(seed, subdomain);
  for (const auto& layer : layers) {
    const auto part = parameters.first((layer.inputs + 1) * layer.outputs);
    parameters = parameters.subspan(part.size());
    const double range = std::sqrt(3.0 / layer.inputs);
    if (layer.weight == 0)
      spread_units(layer.inputs, scale, random, part);
    else
      std::ranges::generate(part, [&] { return random.uniform(-range, range); });
  }
}

FeatureNetwork::FeatureNetwork(const NetworkShape& shape, double scale, std::uint64_t seed,
                               std::uint64_t subdomain)
    : shape_(shape) {
  const auto kind = kind_of(shape);
  hidden_.resize(kind->parameters());
  kind->draw(scale, seed, subdomain, hidden_);
}

FeatureNetwork::FeatureNetwork(const NetworkShape& shape, std::vector<double> hidden)
    : shape_(shape), hidden_(std::move(hidden)) {}

}  // namespace ddpinn
