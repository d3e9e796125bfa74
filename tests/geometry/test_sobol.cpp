// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/sobol.hpp"

#include "base/random.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <set>

using namespace ddpinn;

namespace {

/// Squared L2 star discrepancy by Warnock's formula.
double squared_discrepancy(const std::vector<Point>& points, int dimension) {
  const double n = points.size();
  double single = 0;
  double pairs = 0;
  for (const Point& x : points) {
    double product = 1;
    for (int i = 0; i < dimension; ++i) product *= (1 - x[i] * x[i]) / 2;
    single += product;
    for (const Point& y : points) {
      product = 1;
      for (int i = 0; i < dimension; ++i) product *= 1 - std::max(x[i], y[i]);
      pairs += product;
    }
  }
  return std::pow(3.0, -dimension) - 2 * single / n + pairs / (n * n);
}

std::vector<Point> random_points(int dimension, int n, std::uint64_t seed) {
  Random random(seed, 0);
  std::vector<Point> points(n, Point{});
  for (Point& x : points) {
    for (int i = 0; i < dimension; ++i) x[i] = random.uniform();
  }
  return points;
}

}  // namespace

TEST_CASE("Sobol points have a far smaller discrepancy than random points") {
  for (int dimension : {1, 2, 3, 4}) {
    for (std::uint64_t seed : {1, 2, 3}) {
      const double sobol = squared_discrepancy(sobol_points(dimension, 512, seed), dimension);
      const double random = squared_discrepancy(random_points(dimension, 512, seed), dimension);
      REQUIRE(sobol < random / 10);
    }
  }
}

TEST_CASE(
    "each of 2^m cells of every coordinate, and of every pair's square grid, holds its share of Sobol "
    "points") {
  const auto points = sobol_points(4, 256, 7);
  for (int i = 0; i < 4; ++i) {
    std::set<int> cells;
    for (const Point& x : points) cells.insert(x[i] * 256);
    REQUIRE(cells.size() == 256);
  }
  std::set<std::pair<int, int>> squares;
  for (const Point& x : points) squares.insert({static_cast<int>(x[0] * 16), static_cast<int>(x[1] * 16)});
  REQUIRE(squares.size() == 256);
}

TEST_CASE("Sobol points depend on the seed and on nothing else") {
  REQUIRE(sobol_points(3, 50, 4) == sobol_points(3, 50, 4));
  REQUIRE(sobol_points(3, 50, 4) != sobol_points(3, 50, 5));
  const auto few = sobol_points(3, 20, 4);
  const auto many = sobol_points(3, 50, 4);
  REQUIRE(std::equal(few.begin(), few.end(), many.begin()));
}

TEST_CASE("Sobol points lie strictly inside the unit cube") {
  for (const Point& x : sobol_points(4, 1000, 11)) {
    for (double coordinate : x) REQUIRE((coordinate > 0 && coordinate < 1));
  }
}
