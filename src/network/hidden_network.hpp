// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "network/feature_kernel.hpp"
#include "network/kernel.hpp"

#include <memory>
#include <span>

namespace ddpinn {

/// The features of one network at points, and what their derivatives follow from.
class HiddenPass {
 public:
  virtual ~HiddenPass() = default;

  /// Streams by units by points: stream s of unit j at point k is entry (s * width + j) * points + k.
  virtual std::span<const double> features() const = 0;
  /// Adds the derivative of the sum of cotangent * feature over all of them with respect to the parameters.
  /// @param cotangents laid out like the features
  virtual void add_gradient(std::span<const double> cotangents, std::span<double> gradient) const = 0;
};

/// The streams of the features of a kind, forward and back: what a kind without kernels of its own brings.
/// The kernels below add polynomials and output layers.
class HiddenNetwork {
 public:
  virtual ~HiddenNetwork() = default;

  virtual const Streams& streams() const = 0;
  /// @param c of the Laplacian stream @param differentiable whether add_gradient will be called
  /// @returns what may use `parameters` and `xi` as long as it lives
  virtual std::unique_ptr<HiddenPass> forward(std::span<const double> parameters, std::span<const Point> xi,
                                              const Directional& c, bool differentiable) const = 0;
  /// The derivative of what add_gradient sums up, point by point.
  /// @param rows points by parameters, column-major, written
  virtual void rows(std::span<const double> parameters, std::span<const Point> xi, const Directional& c,
                    std::span<const double> cotangents, std::span<double> rows) const = 0;
};

/// @param hidden with the streams of a jet over the space, in its order
std::unique_ptr<FeatureKernel> make_features(std::unique_ptr<const HiddenNetwork> hidden, const NetworkShape&,
                                             const JetSpace&);
std::unique_ptr<NetworkKernel> make_kernel(std::unique_ptr<const HiddenNetwork> hidden, const NetworkKind&,
                                           int outputs);

}  // namespace ddpinn
