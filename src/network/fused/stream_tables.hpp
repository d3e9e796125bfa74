// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "network/fused/operations.hpp"
#include "network/streams.hpp"
#include "network/trainable_network.hpp"

#include <array>
#include <vector>

namespace ddpinn::fused {

/// Those of a layer in the parameters of its network.
template <class Real>
Weights<Real> layer_weights(const Real* parameters, const TrainableShape::Layer& layer) {
  const int inputs = layer.inputs, outputs = layer.outputs;
  return {parameters + layer.weight, parameters + layer.bias, inputs, outputs};
}

/// The product rule of streams as the lists of terms that StreamFunction points to.
template <class Real>
class StreamTables {
 public:
  explicit StreamTables(const Streams& streams);

  /// @param c coefficients of the Laplacian
  StreamFunction<Real> function(Activation activation, const Directional& c) const;

  /// Of a function of one variable z = w.x + b: what its Taylor coefficients in z are to be multiplied by to
  /// give the streams, for each unit. For a jet w^alpha |alpha|! / alpha!.
  /// @param factors units by streams
  void line_factors(const Weights<Real>&, const StreamFunction<Real>&, Real* factors) const;

 private:
  /// The factor of a stream is that of another one times w in a direction times a number.
  struct Step {
    std::size_t parent = 0;
    int direction = 0;
    Real number = 0;
  };
  void find_steps(const Streams& streams);

  using List = std::vector<Term<Real>>;
  static Terms<Real> terms(const List& list) { return {list.data(), list.data() + list.size()}; }

  int order_;
  int directions_ = -1;
  bool laplacian_;
  std::array<List, 5> powers_;
  List pull_;
  std::vector<Step> steps_;  ///< of streams 1, 2, ..., without the Laplacian
  std::array<int, 5> ends_{};
};

}  // namespace ddpinn::fused
