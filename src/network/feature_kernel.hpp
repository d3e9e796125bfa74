// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "dense/matrix.hpp"
#include "network/feature_network.hpp"
#include "network/jet_space.hpp"

#include <memory>
#include <span>
#include <vector>

namespace ddpinn {

/// Features of networks of one kind: what NetworkKernel is where all layers are unknown, this is where the
/// output layer alone is. Values are linear in its coefficients, and their Jacobian is the features.
/// Derivatives are Taylor coefficients with respect to xi, one for each multi-index of a space. Calls do not
/// depend on each other, but one kernel serves one thread at a time.
class FeatureKernel {
 public:
  FeatureKernel() = default;
  virtual ~FeatureKernel() = default;
  FeatureKernel(const FeatureKernel&) = delete;
  FeatureKernel& operator=(const FeatureKernel&) = delete;

  /// The jets of functions sum over j of coefficients(j, f) phi_j.
  /// @param coefficients features by functions
  /// @param jets         for each multi-index points by functions; resized as needed
  virtual void evaluate(const FeatureNetwork&, std::span<const Point> xi, const Matrix& coefficients,
                        std::vector<Matrix>& jets) const = 0;

  /// For each feature, and each set of coefficients, the sum over multi-indices i of coefficients(k, i) times
  /// the feature's jet at point k: column set * features + j of `rows` for feature j.
  /// @param coefficients sets of points by multi-indices; the columns of an empty one are left as they are
  /// @param rows         points by features times sets
  virtual void rows(const FeatureNetwork&, std::span<const Point> xi, std::span<const Matrix> coefficients,
                    Matrix& rows) const = 0;
};

/// Of the fully connected network, on processors.
std::unique_ptr<FeatureKernel> make_fused_features(const NetworkShape&, const JetSpace&);

}  // namespace ddpinn
