// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/quadrature.hpp"

#include <cmath>
#include <numbers>

namespace ddpinn {
namespace {

struct Legendre {
  double value;
  double derivative;
};

/// P_n and P_n' at z in (-1, 1), by the three-term recurrence.
Legendre legendre(int n, double z) {
  double previous = 0;
  double value = 1;
  for (int k = 1; k <= n; ++k) {
    const double next = ((2 * k - 1) * z * value - (k - 1) * previous) / k;
    previous = value;
    value = next;
  }
  return {value, n * (z * value - previous) / (z * z - 1)};
}

}  // namespace

Quadrature gauss_legendre(int n) {
  Quadrature rule{std::vector<double>(n), std::vector<double>(n)};
  for (int i = 0; i < (n + 1) / 2; ++i) {
    // Tricomi's estimate of the i-th largest root is close enough for Newton's method to converge for every
    // n.
    double z = std::cos(std::numbers::pi * (i + 0.75) / (n + 0.5));
    if (2 * i + 1 == n) z = 0;
    for (int step = 0; step < 6; ++step) {
      const auto p = legendre(n, z);
      z -= p.value / p.derivative;
    }
    const double slope = legendre(n, z).derivative;
    rule.node[i] = 0.5 * (1 - z);
    rule.node[n - 1 - i] = 0.5 * (1 + z);
    rule.weight[i] = rule.weight[n - 1 - i] = 1 / ((1 - z * z) * slope * slope);
  }
  return rule;
}

Quadrature midpoints(int n) {
  Quadrature rule{std::vector<double>(n), std::vector<double>(n, 1.0 / n)};
  for (int i = 0; i < n; ++i) rule.node[i] = (i + 0.5) / n;
  return rule;
}

}  // namespace ddpinn
