// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/quadrature.hpp"

#include "support/catch.hpp"

#include <algorithm>
#include <cmath>

using namespace ddpinn;

namespace {

double integral_of_power(const Quadrature& rule, int degree) {
  double sum = 0;
  for (std::size_t i = 0; i < rule.node.size(); ++i) sum += rule.weight[i] * std::pow(rule.node[i], degree);
  return sum;
}

}  // namespace

TEST_CASE("Gauss-Legendre rules of n points are exact up to degree 2n - 1 and not beyond") {
  for (int n : {1, 2, 3, 4, 5, 6, 8, 14, 31, 64}) {
    const auto rule = gauss_legendre(n);
    for (int degree = 0; degree < 2 * n; ++degree)
      REQUIRE(std::abs(integral_of_power(rule, degree) - 1.0 / (degree + 1)) < 1e-14);
    if (n <= 8) REQUIRE(std::abs(integral_of_power(rule, 2 * n) - 1.0 / (2 * n + 1)) > 1e-12);
  }
}

TEST_CASE("Gauss-Legendre nodes are inside (0, 1), ascending and symmetric") {
  for (int n : {1, 7, 40}) {
    const auto rule = gauss_legendre(n);
    REQUIRE(std::is_sorted(rule.node.begin(), rule.node.end()));
    REQUIRE(rule.node.front() > 0);
    REQUIRE(rule.node.back() < 1);
    for (int i = 0; i < n; ++i) {
      REQUIRE(std::abs(rule.node[i] + rule.node[n - 1 - i] - 1) < 1e-15);
      REQUIRE(rule.weight[i] == rule.weight[n - 1 - i]);
      REQUIRE(rule.weight[i] > 0);
    }
  }
}

TEST_CASE("midpoints are the centres of equal cells") {
  const auto rule = midpoints(4);
  REQUIRE(rule.node == std::vector<double>{0.125, 0.375, 0.625, 0.875});
  REQUIRE(rule.weight == std::vector<double>(4, 0.25));
}
