// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "network/fused/polynomials.hpp"

#include "network/feature_network.hpp"

#include <algorithm>

namespace ddpinn::fused {

namespace {

/// Product over the directions of e over alpha, for alpha <= e.
double binomial(const MultiIndex& e, const MultiIndex& alpha) {
  return factorial(e) / (factorial(alpha) * factorial(difference(e, alpha)));
}

std::size_t place_of(const std::vector<MultiIndex>& monomials, const MultiIndex& e) {
  return static_cast<std::size_t>(std::ranges::find(monomials, e) - monomials.begin());
}

}  // namespace

Polynomials::Polynomials(int dimension, int degree, const JetSpace& space) {
  const auto exponents = monomials(dimension, degree);
  products_.resize(exponents.size());
  for (std::size_t j = 1; j < exponents.size(); ++j) {
    auto smaller = exponents[j];
    std::size_t d = 0;
    while (smaller[d] == 0) ++d;
    --smaller[d];
    products_[j] = {place_of(exponents, smaller), d};
  }
  for (std::size_t i = 1; i < space.size(); ++i)
    for (const auto& e : exponents) {
      auto& coefficient = coefficients_.emplace_back();
      if (divides(space[i], e))
        coefficient = {place_of(exponents, difference(e, space[i])), binomial(e, space[i])};
    }
}

void Polynomials::fill(const double* from, std::size_t points, std::size_t stride, double* to) const {
  std::fill_n(to, points, 1.0);
  for (std::size_t j = 1; j < size(); ++j) {
    const double *factor = to + products_[j].factor * points, *x = from + products_[j].direction * points;
    for (std::size_t k = 0; k < points; ++k) to[j * points + k] = factor[k] * x[k];
  }
  double* stream = to + stride;
  for (std::size_t i = 0; i < coefficients_.size(); i += size(), stream += stride)
    for (std::size_t j = 0; j < size(); ++j) {
      const auto& [monomial, number] = coefficients_[i + j];
      const double* value = to + monomial * points;
      for (std::size_t k = 0; k < points; ++k) stream[j * points + k] = number * value[k];
    }
}

}  // namespace ddpinn::fused
