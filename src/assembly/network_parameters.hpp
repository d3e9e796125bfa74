// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "dense/matrix.hpp"
#include "network/feature_network.hpp"
#include "network/trainable_network.hpp"

#include <span>
#include <vector>

namespace ddpinn {

/// Where the parameters of one trained network stand in one array: those of its layers as `TrainableShape`
/// has them, then the coefficients of the polynomials from degree one on, field by field. The constant is the
/// bias of the output layer. Translates between the array and a `FeatureNetwork` with its output
/// coefficients.
class NetworkParameters {
 public:
  NetworkParameters(const NetworkShape&, std::size_t fields);

  const TrainableShape& layers() const { return layers_; }
  /// All of them.
  std::size_t size() const { return layers_.parameters() + fields_ * polynomials(); }
  /// The first ones, of the hidden layers; the others are linear.
  std::size_t hidden() const { return last_.weight; }
  /// Polynomials but the constant.
  std::size_t polynomials() const { return shape_.polynomials() - 1; }
  /// Their exponents.
  const std::vector<MultiIndex>& exponents() const { return exponents_; }
  /// Place of a field's first polynomial.
  std::size_t polynomial(std::size_t field) const { return layers_.parameters() + field * polynomials(); }
  /// Place of the output coefficient of a feature, in the order of `FeatureNetwork`.
  std::size_t output(std::size_t field, std::size_t feature) const;

  void set_hidden_layers(const FeatureNetwork&, std::span<double> parameters) const;
  /// @param coefficients features by fields
  void set_outputs(const Matrix& coefficients, std::span<double> parameters) const;
  std::vector<double> hidden_layers(std::span<const double> parameters) const;
  Matrix outputs(std::span<const double> parameters) const;

 private:
  NetworkShape shape_;
  std::size_t fields_;
  TrainableShape layers_;
  TrainableShape::Layer last_;
  std::vector<MultiIndex> exponents_;
};

}  // namespace ddpinn
