// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "network/fused/network_pass.hpp"

#include <algorithm>
#include <utility>

namespace ddpinn::fused {

template <class Real>
NetworkPass<Real>::NetworkPass(const TrainableShape& network, const Streams& streams,
                               const Operations<Real>& operations, int tiles)
    : operations_(operations), streams_(streams.size()) {
  const std::size_t most = tiles;
  std::size_t widest = network.dimension;
  for (int d = 0; d < network.dimension; ++d) first_[d] = streams.first(d);
  for (const auto& layer : network.layers()) {
    auto& stage = stages_.emplace_back(Stage{layer, {}, {}});
    stage.streams.reserve(most * tile_size(layer.outputs));
    stage.slopes.reserve(most * tile_size(layer.outputs));
    widest = std::max(widest, layer.outputs);
  }
  factors_.resize(streams.size() * stages_.front().layer.outputs);
  inputs_.reserve(most * tile_size(stages_.front().layer.inputs));
  cotangents_.reserve(most * tile_size(widest));
  next_.reserve(most * tile_size(widest));
  work_.reserve(gradient_work(operations, streams_, widest));
}

template <class Real>
std::size_t NetworkPass<Real>::tile_bytes(const TrainableShape& network, const Streams& streams,
                                          const Operations<Real>& operations) {
  std::size_t units = 0;
  for (const auto& layer : network.layers()) units += 2 * layer.outputs;
  return units * streams.size() * operations.points * sizeof(Real);
}

template <class Real>
Weights<Real> NetworkPass<Real>::weights(const Real* parameters, std::size_t stage) const {
  return layer_weights(parameters, stages_[stage].layer);
}

template <class Real>
TileShape NetworkPass<Real>::shape(int units, int tile) const {
  const int left = count_ - tile * operations_.points;
  const int used = (std::min(left, operations_.points) + operations_.vector - 1) / operations_.vector;
  return {streams_, units, used * operations_.vector};
}

template <class Real>
template <class Function>
void NetworkPass<Real>::for_numbers(std::size_t units, Function&& f) const {
  const std::size_t points = operations_.points, rows = streams_ * units;
  for (std::size_t t = 0; t * points < count_; ++t) {
    const auto length = std::min(points, count_ - t * points);
    for (std::size_t row = 0; row < rows; ++row)
      f((t * rows + row) * points, row * count_ + t * points, length);
  }
}

/// Points that fill up the last vector repeat the last one, so that nothing is ever computed from what is
/// undefined.
template <class Real>
void NetworkPass<Real>::fill_inputs(std::span<const Point> xi) {
  const std::size_t points = operations_.points;
  const auto dimension = stages_.front().layer.inputs;
  Real* to = inputs_.data();
  for (std::size_t t = 0; t * points < count_; ++t)
    for (int s = 0; s < streams_; ++s)
      for (std::size_t d = 0; d < dimension; ++d, to += points) {
        const bool one = s > 0 && first_[d] == s;
        for (std::size_t p = 0; p < points; ++p)
          to[p] = s == 0 ? xi[std::min(t * points + p, count_ - 1)][d] : one;
      }
}

template <class Real>
void NetworkPass<Real>::forward(const Real* parameters, const StreamTables<Real>& tables,
                                const StreamFunction<Real>& function, std::span<const Point> xi,
                                std::span<double> values) {
  count_ = xi.size();
  const std::size_t points = operations_.points;
  tiles_ = (count_ + points - 1) / points;
  fill_inputs(xi);
  tables.line_factors(weights(parameters, 0), function, factors_.data());
  for (int t = 0; t < tiles_; ++t) forward_tile(parameters, function, t);
  const Real* outputs = stages_.back().streams.data();
  for_numbers(stages_.back().layer.outputs, [&](std::size_t from, std::size_t to, std::size_t length) {
    std::copy_n(outputs + from, length, values.data() + to);
  });
}

template <class Real>
void NetworkPass<Real>::forward_tile(const Real* parameters, const StreamFunction<Real>& function, int t) {
  for (std::size_t l = 0; l < stages_.size(); ++l) {
    auto& stage = stages_[l];
    const auto w = weights(parameters, l);
    const auto at = tile_size(stage.layer.outputs) * t;
    const Real* from = inputs_of(l) + tile_size(stage.layer.inputs) * t;
    const auto in = shape(stage.layer.inputs, t);
    Real *to = stage.streams.data() + at, *slopes = stage.slopes.data() + at;
    if (l == 0)
      operations_.first(w, function, factors_.data(), in, from, w.outputs, to, slopes);
    else
      operations_.forward(w, l + 1 < stages_.size() ? &function : nullptr, in, from, w.outputs, to, slopes);
  }
}

template <class Real>
void NetworkPass<Real>::fill_cotangents(std::span<const double> cotangents) {
  const auto units = stages_.back().layer.outputs;
  Real* to = cotangents_.data();
  std::fill_n(to, tile_size(units) * tiles_, Real(0));
  for_numbers(units, [&](std::size_t at, std::size_t from, std::size_t length) {
    std::copy_n(cotangents.data() + from, length, to + at);
  });
}

template <class Real>
template <class Visit>
void NetworkPass<Real>::pull(const Real* parameters, const StreamFunction<Real>& function, Visit&& visit) {
  for (std::size_t l = stages_.size(); l-- > 0;) {
    const auto& layer = stages_[l].layer;
    visit(l);
    if (l == 0) return;
    for (int t = 0; t < tiles_; ++t) {
      const std::size_t tile = t;
      operations_.backward(weights(parameters, l), function, shape(layer.outputs, t),
                           cotangents_.data() + tile * tile_size(layer.outputs),
                           stages_[l - 1].slopes.data() + tile * tile_size(layer.inputs),
                           next_.data() + tile * tile_size(layer.inputs));
    }
    std::swap(cotangents_, next_);
  }
}

/// Whole tiles at once, then the last where it is not whole.
template <class Real>
void NetworkPass<Real>::add_gradient(std::size_t l, Real* gradient) {
  const auto& layer = stages_[l].layer;
  const auto add = [&](int first, int tiles) {
    const std::size_t tile = first;
    operations_.gradient(shape(layer.inputs, first), shape(layer.outputs, first), tiles,
                         inputs_of(l) + tile * tile_size(layer.inputs),
                         cotangents_.data() + tile * tile_size(layer.outputs), gradient + layer.weight,
                         gradient + layer.bias, work_.data());
  };
  const bool whole = shape(1, tiles_ - 1).lanes == operations_.points;
  const int full = whole ? tiles_ : tiles_ - 1;
  if (full > 0) add(0, full);
  if (!whole) add(full, 1);
}

template <class Real>
void NetworkPass<Real>::backward(const Real* parameters, const StreamFunction<Real>& function,
                                 std::span<const double> cotangents, Real* gradient) {
  fill_cotangents(cotangents);
  pull(parameters, function, [&](std::size_t l) { add_gradient(l, gradient); });
}

template <class Real>
void NetworkPass<Real>::rows(const Real* parameters, const StreamFunction<Real>& function,
                             std::span<const double> coefficients, double* rows, std::size_t length) {
  fill_cotangents(coefficients);
  pull(parameters, function, [&](std::size_t l) {
    const auto& layer = stages_[l].layer;
    for (int t = 0; t < tiles_; ++t) {
      const std::size_t tile = t;
      const int first = t * operations_.points;
      const int left = count_ - first, count = std::min(left, operations_.points);
      operations_.rows(shape(layer.inputs, t), shape(layer.outputs, t),
                       inputs_of(l) + tile * tile_size(layer.inputs),
                       cotangents_.data() + tile * tile_size(layer.outputs), count, length,
                       rows + layer.weight * length + first, rows + layer.bias * length + first);
    }
  });
}

template class NetworkPass<float>;
template class NetworkPass<double>;

}  // namespace ddpinn::fused
