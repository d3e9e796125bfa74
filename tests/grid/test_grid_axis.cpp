// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "grid/grid_axis.hpp"

#include "support/catch.hpp"

#include <cmath>
#include <functional>

using namespace ddpinn;

namespace {

double sum(const GridAxis& axis, const AxisStencil& stencil, const std::function<double(double)>& f) {
  double result = 0;
  for (const auto& [node, weight] : stencil) result += weight * f(axis.coordinate(node));
  return result;
}

/// The derivative of order m of x^p.
double power(double x, int p, int m) {
  double factor = 1;
  for (int i = 0; i < m; ++i) factor *= p - i;
  return p < m ? 0 : factor * std::pow(x, p - m);
}

}  // namespace

TEST_CASE("Differences are exact for polynomials up to degree order + 1, everywhere") {
  const GridAxis axis(9, -1, 2, false);
  for (int m = 0; m <= 4; ++m)
    for (double x : {-1.0, axis.coordinate(1), axis.coordinate(4), 0.1, 1.95, 2.0})
      for (int p = 0; p <= m + 1; ++p) {
        INFO("order " << m << " at " << x << " of x^" << p);
        REQUIRE(std::abs(sum(axis, axis.difference(x, m), [p](double y) { return std::pow(y, p); }) -
                         power(x, p, m)) < 1e-8);
      }
}

TEST_CASE("Differences of order p are exact for polynomials up to degree m + p - 1") {
  for (int order : {4, 6, 8}) {
    const GridAxis axis(16, -1, 1, false, order);
    for (int m = 0; m <= 4; ++m)
      for (double x : {-1.0, axis.coordinate(1), axis.coordinate(8), 0.1, 0.95, 1.0})
        for (int p = 0; p < m + order; ++p) {
          INFO("order " << order << ", derivative " << m << " at " << x << " of x^" << p);
          REQUIRE(std::abs(sum(axis, axis.difference(x, m), [p](double y) { return std::pow(y, p); }) -
                           power(x, p, m)) < 1e-6);
        }
  }
}

TEST_CASE("Differences at inner nodes are central") {
  const GridAxis axis(8, 0, 1, false);
  const auto second = axis.difference(0.5, 2);
  REQUIRE(second.size() == 3);
  REQUIRE(second[0].node == 3);
  REQUIRE(std::abs(second[1].weight + 2 * 64) < 1e-10);
  REQUIRE(axis.difference(0.5, 1).size() == 2);  // the node itself has no weight
  const auto sixth = GridAxis(16, 0, 1, false, 6).difference(0.5, 2);
  REQUIRE(sixth.size() == 7);
  REQUIRE(std::abs(sixth[3].weight + 49.0 / 18 * 256) < 1e-9);
}

TEST_CASE("Differences wrap around a period") {
  const GridAxis axis(16, 0, 1, true);
  REQUIRE(axis.nodes() == 16);
  const auto wave = [](double x) { return std::sin(2 * M_PI * x); };
  const double h = 1.0 / 16, expected = std::sin(2 * M_PI * h) / h;
  REQUIRE(std::abs(sum(axis, axis.difference(0, 1), wave) - expected) < 1e-12);
}

TEST_CASE("Hat functions sum to one, and are one at their node") {
  const GridAxis axis(5, 0, 1, false);
  for (double x : {0.0, 0.2, 0.37, 1.0}) {
    double total = 0;
    for (const auto& hat : axis.hats(x)) total += hat.weight;
    REQUIRE(std::abs(total - 1) < 1e-14);
  }
  REQUIRE(axis.hats(0.2).size() == 1);
  REQUIRE(axis.hats(0.2)[0].node == 1);
}

TEST_CASE("Smooth interpolation is exact for quadratic functions, and continuous with its derivative") {
  const GridAxis axis(6, 0, 3, false);
  const auto quadratic = [](double x) { return 1 - 2 * x + 3 * x * x; };
  for (double x : {0.0, 0.2, 1.3, 2.9, 3.0}) {
    REQUIRE(std::abs(sum(axis, axis.cubic(x, 0), quadratic) - quadratic(x)) < 1e-12);
    REQUIRE(std::abs(sum(axis, axis.cubic(x, 1), quadratic) - (6 * x - 2)) < 1e-12);
  }
  const auto wild = [](double x) { return std::sin(40 * x); };
  for (int m : {0, 1})
    REQUIRE(std::abs(sum(axis, axis.cubic(1.5 - 1e-12, m), wild) -
                     sum(axis, axis.cubic(1.5 + 1e-12, m), wild)) < 1e-9);
}
