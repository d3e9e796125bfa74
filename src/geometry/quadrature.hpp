// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <vector>

namespace ddpinn {

/// Nodes (ascending) and weights of a rule on [0, 1].
struct Quadrature {
  std::vector<double> node;
  std::vector<double> weight;
};

/// The n-point Gauss-Legendre rule, exact for polynomials of degree 2n - 1. @param n at least 1
Quadrature gauss_legendre(int n);

/// The midpoints of n equal cells.
Quadrature midpoints(int n);

}  // namespace ddpinn
