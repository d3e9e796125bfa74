// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/cut_quadrature.hpp"
#include "support/catch.hpp"

#include <cmath>
#include <numbers>
#include <numeric>

using namespace ddpinn;
using std::numbers::pi;

namespace {

Box unit_box(int dimension) {
  Box box;
  box.dimension = dimension;
  for (int d = 0; d < dimension; ++d) box.upper[d] = 1;
  return box;
}

LevelSet ball(Point center, double radius, int dimension) {
  return [=](std::span<const Point> points) {
    std::vector<double> result;
    for (const auto& x : points) {
      double square = 0;
      for (int d = 0; d < dimension; ++d) square += (x[d] - center[d]) * (x[d] - center[d]);
      result.push_back(std::sqrt(square) - radius);
    }
    return result;
  };
}

/// The measure of the points with negative level.
double inside(const Box& box, int count, const LevelSet& level) {
  const PartOf parts = [&](std::span<const Point> points) {
    std::vector<int> result;
    for (double value : level(points)) result.push_back(value < 0);
    return result;
  };
  const auto rule = cut_quadrature(box, std::vector<int>(box.dimension, count), parts);
  const auto values = level(rule.x);
  double sum = 0;
  for (std::size_t i = 0; i < rule.size(); ++i) sum += values[i] < 0 ? rule.measure[i] : 0;
  REQUIRE(std::accumulate(rule.measure.begin(), rule.measure.end(), 0.0) == Approx(1).epsilon(1e-12));
  return sum;
}

double area(const Box& box, int count, const LevelSet& level) {
  const auto rule = surface_quadrature(box, std::vector<int>(box.dimension, count), level);
  return std::accumulate(rule.measure.begin(), rule.measure.end(), 0.0);
}

}  // namespace

TEST_CASE("plane cuts of boxes are integrated to rounding", "[cut quadrature]") {
  const LevelSet oblique = [](std::span<const Point> points) {
    std::vector<double> result;
    for (const auto& x : points) result.push_back(x[0] + 0.4 * x[1] - 0.61);
    return result;
  };
  REQUIRE(inside(unit_box(2), 4, oblique) == Approx(0.61 - 0.2).epsilon(1e-11));
  REQUIRE(area(unit_box(2), 4, oblique) == Approx(std::hypot(1, 0.4)).epsilon(1e-9));
  const LevelSet interval = [](std::span<const Point> points) {
    std::vector<double> result;
    for (const auto& x : points) result.push_back(x[0] - 1 / 3.0);
    return result;
  };
  REQUIRE(inside(unit_box(1), 3, interval) == Approx(1 / 3.0).epsilon(1e-12));
}

TEST_CASE("round cuts are integrated with an error that falls as that of Gauss rules", "[cut quadrature]") {
  const double r = 0.7;
  const auto corner = ball({0, 0, 0, 0}, r, 2);
  const double quarter = pi * r * r / 4;
  const double coarse = std::abs(inside(unit_box(2), 4, corner) - quarter);
  const double fine = std::abs(inside(unit_box(2), 12, corner) - quarter);
  REQUIRE(coarse < 5e-3 * quarter);
  REQUIRE(fine < 2e-4 * quarter);
  REQUIRE(fine < coarse / 10);
  REQUIRE(inside(unit_box(2), 10, ball({0.5, -0.5, 0, 0}, 1.1, 2)) ==
          Approx([] {  // of the disc above the axis: a segment that lies in the box by its chord
            const double R = 1.1, h = 0.5, half = std::acos(h / R);
            const double segment = R * R * (half - std::sin(half) * std::cos(half));
            const double width = std::sqrt(R * R - h * h) - 0.5;  // beyond the box on each side
            const auto primitive = [&](double x) {
              return (x * std::sqrt(R * R - x * x) + R * R * std::asin(x / R)) / 2 - h * x;
            };
            return segment - 2 * (primitive(0.5 + width) - primitive(0.5));
          }())
              .epsilon(1e-9));
  REQUIRE(inside(unit_box(2), 10, ball({0.45, 0.52, 0, 0}, 0.3, 2)) == Approx(pi * 0.09).epsilon(2e-3));
  const double eighth = pi * r * r * r / 6;
  const auto error = [&](int n) {
    return std::abs(inside(unit_box(3), n, ball({0, 0, 0, 0}, r, 3)) - eighth) / eighth;
  };
  REQUIRE(error(6) < 2e-3);
  REQUIRE(error(14) < error(6) / 5);
}

TEST_CASE("lengths and areas of round surfaces converge", "[cut quadrature]") {
  REQUIRE(area(unit_box(2), 10, ball({0, 0, 0, 0}, 0.7, 2)) == Approx(pi * 0.35).epsilon(1e-7));
  REQUIRE(area(unit_box(2), 10, ball({0.45, 0.52, 0, 0}, 0.3, 2)) == Approx(pi * 0.6).epsilon(2e-5));
  REQUIRE(area(unit_box(3), 6, ball({0, 0, 0, 0}, 0.7, 3)) == Approx(pi * 0.98 / 4).epsilon(2e-3));
  REQUIRE(area(unit_box(2), 6, ball({3, 3, 0, 0}, 0.7, 2)) == 0);
}
