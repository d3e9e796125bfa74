// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "network/monomial.hpp"

namespace ddpinn {

double binomial(int n, int k) {
  double result = 1;
  for (int i = 1; i <= k; ++i) result = result * (n - k + i) / i;
  return result;
}

double monomial_jet(const Point& xi, const MultiIndex& exponent, const MultiIndex& alpha) {
  if (!divides(alpha, exponent)) return 0;
  double value = 1;
  for (int d = 0; d < max_dimension; ++d) {
    value *= binomial(exponent[d], alpha[d]);
    for (int k = alpha[d]; k < exponent[d]; ++k) value *= xi[d];
  }
  return value;
}

}  // namespace ddpinn
