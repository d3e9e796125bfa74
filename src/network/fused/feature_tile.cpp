// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "network/fused/feature_tile.hpp"

#include <algorithm>
#include <utility>

namespace ddpinn::fused {

FeatureTile::FeatureTile(const NetworkShape& network, const JetSpace& space)
    : operations_(choose_operations<double>()),
      tables_(Streams::jet(space)),
      function_(tables_.function(network.activation, {})),
      derivatives_(space.indices()),
      polynomials_(network.dimension, network.exponents(), space.order()),
      polynomial_sums_(network.dimension, network.exponents(), space.indices()),
      layers_(hidden_layers(network)),
      streams_(space.size()),
      features_(network.features()),
      factors_(streams_ * layers_.front().outputs) {
  inputs_.reserve(layers_.front().inputs * points());
  tile_.reserve(streams_ * features_ * points());
  outputs_.reserve(streams_ * points());
  if (layers_.size() == 1) return;
  const auto widest = std::ranges::max(layers_, {}, &TrainableShape::Layer::outputs).outputs;
  for (auto& tile : between_) tile.reserve(streams_ * widest * points());
  slopes_.reserve(streams_ * features_ * points());
}

void FeatureTile::take(std::span<const double> hidden) {
  hidden_ = hidden;
  tables_.line_factors(weights(0), function_, factors_.data());
}

Weights<double> FeatureTile::weights(std::size_t l) const {
  return layer_weights(hidden_.data(), layers_[l]);
}

TileShape FeatureTile::shape(int units) const {
  const int streams = streams_, count = count_, vector = operations_.vector;
  return {streams, units, (count + vector - 1) / vector * vector};
}

/// Points that fill up the tile repeat the last one, so that nothing is ever computed from what is undefined.
void FeatureTile::fill_inputs(std::span<const Point> xi) {
  double* to = inputs_.data();
  for (std::size_t d = 0; d < layers_.front().inputs; ++d)
    for (std::size_t p = 0; p < points(); ++p) *to++ = xi[std::min(p, count_ - 1)][d];
}

/// Sums of polynomials alone need no polynomial by itself.
void FeatureTile::fill_polynomials() {
  if (std::exchange(filled_, true)) return;
  for (std::size_t s = 0; s < streams_; ++s)
    for (std::size_t j = 0; j < polynomials_.size(); ++j)
      polynomials_.fill(j, derivatives_[s], tile_.data() + (s * features_ + j) * points());
}

void FeatureTile::compute(std::span<const Point> xi) {
  count_ = xi.size();
  fill_inputs(xi);
  polynomials_.take(inputs_.data(), points());
  filled_ = false;
  if (is_polynomial()) return;
  const double* from = inputs_.data();
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    const bool last = l + 1 == layers_.size();
    const auto w = weights(l);
    const auto in = shape(layers_[l].inputs);
    double* to = last ? tile_.data() + polynomials_.size() * points() : between_[l % 2].data();
    const int units = last ? features_ : layers_[l].outputs;
    if (l == 0)
      operations_.first(w, function_, factors_.data(), in, from, units, to, nullptr);
    else
      operations_.forward(w, &function_, in, from, units, to, slopes_.data());
    from = to;
  }
}

const double* FeatureTile::sums(const double* coefficients, std::size_t functions) {
  outputs_.reserve(streams_ * functions * points());
  if (is_polynomial()) {
    for (std::size_t f = 0; f < functions; ++f)
      polynomial_sums_.sum(polynomials_, coefficients + f * features_, outputs_.data() + f * points(),
                           functions * points());
    return outputs_.data();
  }
  fill_polynomials();
  const int units = functions, features = features_;
  operations_.forward({coefficients, nullptr, features, units}, nullptr, shape(features), tile_.data(), units,
                      outputs_.data(), nullptr);
  return outputs_.data();
}

void FeatureTile::rows(const double* coefficients, std::size_t stride, double* to) {
  fill_polynomials();
  for (std::size_t s = 0; s < streams_; ++s) {
    double* row = outputs_.data() + s * points();
    std::fill(std::copy_n(coefficients + s * stride, count_, row), row + points(), 0.0);
  }
  operations_.rows(shape(features_), shape(1), tile_.data(), outputs_.data(), count_, stride, to, nullptr);
}

}  // namespace ddpinn::fused
