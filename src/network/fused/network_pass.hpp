// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "network/fused/buffer.hpp"
#include "network/fused/stream_tables.hpp"
#include "network/kernel.hpp"

#include <span>
#include <vector>

namespace ddpinn::fused {

/// One network at a block of points, forward and back. What is kept between the two stays in the cache:
/// streams and slopes of every layer, tile by tile.
template <class Real>
class NetworkPass {
 public:
  NetworkPass(const TrainableShape&, const Streams&, const Operations<Real>&, int tiles);

  /// The streams of the outputs at the points. @param parameters in the precision of the kernel
  /// @param values as in a PointBlock
  void forward(const Real* parameters, const StreamTables<Real>&, const StreamFunction<Real>&,
               std::span<const Point> xi, std::span<double> values);
  /// Adds to the gradient, after `forward` for the same network and points. @param cotangents as in a
  /// PointBlock
  void backward(const Real* parameters, const StreamFunction<Real>&, std::span<const double> cotangents,
                Real* gradient);
  /// The same point by point: columns of a matrix with `length` rows, from `rows` on.
  void rows(const Real* parameters, const StreamFunction<Real>&, std::span<const double> coefficients,
            double* rows, std::size_t length);

  /// Bytes that a tile takes.
  static std::size_t tile_bytes(const TrainableShape&, const Streams&, const Operations<Real>&);

 private:
  struct Stage {
    TrainableShape::Layer layer;
    Buffer<Real> streams;  ///< what leaves the layer
    Buffer<Real> slopes;   ///< of the activation; not for the last layer
  };

  Weights<Real> weights(const Real* parameters, std::size_t stage) const;
  TileShape shape(int units, int tile) const;
  std::size_t tile_size(std::size_t units) const { return units * streams_ * operations_.points; }
  Real* inputs_of(std::size_t stage) {
    return stage == 0 ? inputs_.data() : stages_[stage - 1].streams.data();
  }
  void forward_tile(const Real* parameters, const StreamFunction<Real>&, int tile);
  void fill_inputs(std::span<const Point> xi);
  void fill_cotangents(std::span<const double> cotangents);
  /// Calls visit(stage) with the cotangents of what enters the units of each stage in cotangents_, last
  /// first.
  template <class Visit>
  void pull(const Real* parameters, const StreamFunction<Real>&, Visit&& visit);
  void add_gradient(std::size_t stage, Real* gradient);
  /// Calls f(place in a tiled array, place in a PointBlock's array, length) for all rows of points of the
  /// block.
  template <class Function>
  void for_numbers(std::size_t units, Function&& f) const;

  const Operations<Real>& operations_;
  int streams_;
  std::array<int, max_dimension> first_{};  ///< streams of the first derivatives
  std::vector<Stage> stages_;
  Buffer<Real> inputs_, cotangents_, next_, work_;
  std::vector<Real> factors_;  ///< of the streams of the first layer's units
  std::size_t count_ = 0;      ///< points of the block
  int tiles_ = 0;              ///< of the block
};

}  // namespace ddpinn::fused
