// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "base/random.hpp"

#include <ddpinn/network.hpp>

#include <cmath>
#include <numbers>

namespace ddpinn::test {

/// A user's network: sin(w.xi + b), with parameters w of all units, then b. The fully connected network with
/// one layer and the activation sin is the same.
class Waves : public Network {
 public:
  Waves(int dimension, int width) : dimension_(dimension), width_(width) {}

  std::size_t width() const override { return width_; }
  std::size_t parameters() const override { return width_ * (dimension_ + 1); }
  void draw(double scale, std::uint64_t seed, std::uint64_t subdomain,
            std::span<double> parameters) const override {
    Random random(seed, subdomain);
    for (auto& parameter : parameters) parameter = random.uniform(-scale, scale);
  }
  bool is_differentiable() const override { return true; }

  void evaluate(const NetworkPoints& points, std::span<const double> parameters,
                std::span<const DerivativeOrders> derivatives, std::span<double> values) const override {
    double* value = values.data();
    for (const auto& alpha : derivatives)
      for (std::size_t j = 0; j < width(); ++j)
        for (std::size_t k = 0; k < points.count; ++k)
          *value++ = power(parameters, j, alpha) * std::sin(phase(points, parameters, j, k, alpha));
  }

  void differentiate(const NetworkPoints& points, std::span<const double> parameters,
                     std::span<const DerivativeOrders> derivatives, std::span<const double> weights,
                     std::span<double> rows) const override {
    std::fill(rows.begin(), rows.end(), 0.0);
    const double* weight = weights.data();
    for (const auto& alpha : derivatives)
      for (std::size_t j = 0; j < width(); ++j)
        for (std::size_t k = 0; k < points.count; ++k, ++weight)
          for (int i = 0; i <= dimension_; ++i) {
            const auto parameter = i < dimension_ ? j * dimension_ + i : width_ * dimension_ + j;
            rows[parameter * points.count + k] += *weight * slope(points, parameters, j, k, alpha, i);
          }
  }

 private:
  double power(std::span<const double> parameters, std::size_t j, const DerivativeOrders& alpha) const {
    double product = 1;
    for (int d = 0; d < dimension_; ++d) product *= std::pow(parameters[j * dimension_ + d], alpha[d]);
    return product;
  }
  double phase(const NetworkPoints& points, std::span<const double> parameters, std::size_t j, std::size_t k,
               const DerivativeOrders& alpha) const {
    double z = parameters[width_ * dimension_ + j];
    for (int d = 0; d < dimension_; ++d)
      z += parameters[j * dimension_ + d] * points(k, d) + alpha[d] * std::numbers::pi / 2;
    return z;
  }
  /// With respect to the i-th weight of a unit; the one after the last is its bias.
  double slope(const NetworkPoints& points, std::span<const double> parameters, std::size_t j, std::size_t k,
               DerivativeOrders alpha, int i) const {
    const double z = phase(points, parameters, j, k, alpha), factor = power(parameters, j, alpha);
    if (i == dimension_) return factor * std::cos(z);
    double result = factor * points(k, i) * std::cos(z);
    const int exponent = alpha[i];
    if (exponent == 0) return result;
    --alpha[i];
    return result + exponent * power(parameters, j, alpha) * std::sin(z);
  }

  int dimension_, width_;
};

inline void register_waves() {
  register_network("waves", [](const NetworkArguments& arguments) {
    return std::make_shared<Waves>(arguments.dimension, arguments.hidden.back());
  });
}

}  // namespace ddpinn::test
