// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "network/kernel.hpp"
#include "network/network_kind.hpp"
#include "network/tensor/stream_algebra.hpp"
#include "network/trainable_network.hpp"

#include <memory>
#include <span>
#include <string>

namespace ddpinn::tensor {

/// A kind whose features are computed on LibTorch's tensors; derivatives with respect to parameters are by
/// its automatic differentiation. Kinds of this sort write down how the features follow from the points, and
/// nothing else.
class TensorKind : public NetworkKind, public std::enable_shared_from_this<TensorKind> {
 public:
  /// The streams of the features.
  /// @param parameters all of a network; or points by all, where each point has its own copy, so that one
  ///                   differentiation gives all rows of a Jacobian: `part` and `affine` take both
  /// @param points n by d
  /// @returns for each stream n by width()
  virtual Jet forward(const at::Tensor& parameters, const at::Tensor& points, const StreamAlgebra&) const = 0;

  bool uses_tensors() const final { return true; }
  std::unique_ptr<FeatureKernel> features(const NetworkShape&, const JetSpace&) const final;
  std::unique_ptr<NetworkKernel> kernel(const Streams& streams, int outputs,
                                        Precision precision) const final {
    return kernel(streams, outputs, precision, "cpu");
  }
  /// @param device as LibTorch names it: "cpu", "cuda:0"
  std::unique_ptr<NetworkKernel> kernel(const Streams&, int outputs, Precision,
                                        const std::string& device) const;
};

/// An affine layer of a network whose parameters are laid out as those of a TrainableShape.
Jet affine(const StreamAlgebra&, const Jet& x, const at::Tensor& parameters, const TrainableShape::Layer&);

}  // namespace ddpinn::tensor
