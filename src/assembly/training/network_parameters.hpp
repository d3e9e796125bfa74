// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "dense/matrix.hpp"
#include "network/feature_network.hpp"
#include "network/kernel.hpp"

#include <memory>
#include <span>
#include <vector>

namespace ddpinn {

/// Where the parameters of one trained network stand in one array: those of its hidden and output layers, as
/// `NetworkKind::kernel` has them, then the coefficients of the polynomials from degree one on, field by
/// field. The constant is the bias of the output layer. Translates between the array and a `FeatureNetwork`
/// with its output coefficients.
class NetworkParameters {
 public:
  NetworkParameters(const NetworkShape&, std::size_t fields);

  const NetworkKind& kind() const { return *kind_; }
  /// Of the layers alone.
  std::unique_ptr<NetworkKernel> kernel(const Streams& streams, Precision precision) const {
    return kind_->kernel(streams, fields_, precision);
  }
  /// All of them.
  std::size_t size() const { return layers() + fields_ * polynomials(); }
  /// The first ones, of the layers, which the kernel knows.
  std::size_t layers() const { return hidden() + (kind_->width() + 1) * fields_; }
  /// The first ones of these, of the hidden layers; the others are linear.
  std::size_t hidden() const { return kind_->parameters(); }
  /// Polynomials but the constant.
  std::size_t polynomials() const { return shape_.polynomials() - 1; }
  /// Their exponents.
  const std::vector<MultiIndex>& exponents() const { return exponents_; }
  /// Place of a field's first polynomial.
  std::size_t polynomial(std::size_t field) const { return layers() + field * polynomials(); }
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
  std::shared_ptr<const NetworkKind> kind_;
  std::vector<MultiIndex> exponents_;
};

}  // namespace ddpinn
