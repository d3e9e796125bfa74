// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/training/network_parameters.hpp"

#include <algorithm>

namespace ddpinn {

NetworkParameters::NetworkParameters(const NetworkShape& shape, std::size_t fields)
    : shape_(shape), fields_(fields), kind_(kind_of(shape)), exponents_(shape.exponents()) {
  exponents_.erase(exponents_.begin());
}

std::size_t NetworkParameters::output(std::size_t field, std::size_t feature) const {
  const auto width = kind_->width();
  if (feature == 0) return hidden() + width * fields_ + field;
  if (feature < shape_.polynomials()) return polynomial(field) + feature - 1;
  return hidden() + field * width + feature - shape_.polynomials();
}

void NetworkParameters::set_hidden_layers(const FeatureNetwork& network, std::span<double> parameters) const {
  std::ranges::copy(network.hidden(), parameters.begin());
}

void NetworkParameters::set_outputs(const Matrix& coefficients, std::span<double> parameters) const {
  for (std::size_t f = 0; f < fields_; ++f)
    for (std::size_t i = 0; i < shape_.features(); ++i) parameters[output(f, i)] = coefficients(i, f);
}

std::vector<double> NetworkParameters::hidden_layers(std::span<const double> parameters) const {
  const auto from = parameters.first(hidden());
  return {from.begin(), from.end()};
}

Matrix NetworkParameters::outputs(std::span<const double> parameters) const {
  Matrix c(shape_.features(), fields_);
  for (std::size_t f = 0; f < fields_; ++f)
    for (std::size_t i = 0; i < shape_.features(); ++i) c(i, f) = parameters[output(f, i)];
  return c;
}

}  // namespace ddpinn
