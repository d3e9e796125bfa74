// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "network/feature_network.hpp"
#include "network/fused/buffer.hpp"
#include "network/fused/stream_tables.hpp"
#include "network/legendre_sums.hpp"

#include <span>
#include <vector>

namespace ddpinn::fused {

/// All features of a network at a tile of points, and what is linear in them. Polynomials and the units of
/// the last hidden layer stand in one tile, as inputs of an output layer.
class FeatureTile {
 public:
  FeatureTile(const NetworkShape&, const JetSpace&);

  std::size_t points() const { return operations_.points; }
  std::size_t features() const { return features_; }
  std::size_t streams() const { return streams_; }

  /// Takes a network; its parameters must live on. @param hidden as FeatureNetwork has them
  void take(std::span<const double> hidden);
  /// Computes the features at up to points() points.
  void compute(std::span<const Point> xi);

  /// Streams of sums of the features. @param coefficients features by functions, column-major
  /// @returns streams by functions by points()
  const double* sums(const double* coefficients, std::size_t functions);
  /// Sums over streams of coefficients(k, s) times stream s, for each feature. @param coefficients of the
  /// first point; streams are `stride` apart @param to of the first point; features are `stride` apart
  void rows(const double* coefficients, std::size_t stride, double* to);

 private:
  Weights<double> weights(std::size_t layer) const;
  TileShape shape(int units) const;
  void fill_inputs(std::span<const Point> xi);
  void fill_polynomials();
  bool is_polynomial() const { return features_ == polynomials_.size(); }

  const Operations<double>& operations_;
  StreamTables<double> tables_;
  StreamFunction<double> function_;
  std::vector<MultiIndex> derivatives_;  ///< by stream
  LegendreProducts polynomials_;
  LegendreSums polynomial_sums_;
  std::vector<TrainableShape::Layer> layers_;  ///< the hidden ones
  std::size_t streams_, features_;
  std::span<const double> hidden_;
  std::vector<double> factors_;
  /// Tiles: of the coordinates, of the last hidden layers but one, all features, and what comes out.
  Buffer<double> inputs_, between_[2], slopes_, tile_, outputs_;
  std::size_t count_ = 0;  ///< points in the tile
  bool filled_ = false;    ///< with the polynomials at these
};

}  // namespace ddpinn::fused
