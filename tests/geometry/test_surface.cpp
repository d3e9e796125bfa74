// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/implicit_surface.hpp"
#include "geometry/sampling.hpp"

#include "geometry/test_domains.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

using namespace ddpinn;
using namespace ddpinn::test;
using std::numbers::pi;

namespace {

double distance(const Point& a, const Point& b) {
  double sum = 0;
  for (int i = 0; i < max_dimension; ++i) sum += (a[i] - b[i]) * (a[i] - b[i]);
  return std::sqrt(sum);
}

/// Every point is on the sphere, and its normal points to the centre (out of a domain with a hole), or away
/// from it.
void require_on_sphere(const PointSet& set, const Point& center, double radius, double sign,
                       double tolerance) {
  for (std::size_t k = 0; k < set.size(); ++k) {
    REQUIRE(std::abs(distance(set.x[k], center) - radius) < tolerance);
    for (int i = 0; i < max_dimension; ++i)
      REQUIRE(std::abs(set.normal[k][i] - sign * (set.x[k][i] - center[i]) / radius) < 1e3 * tolerance);
  }
}

/// The largest distance of a point of the sphere from the nearest of the set.
double covering_radius(const PointSet& set, const PointSet& fine) {
  double largest = 0;
  for (const Point& x : fine.x) {
    double nearest = std::numeric_limits<double>::infinity();
    for (const Point& y : set.x) nearest = std::min(nearest, distance(x, y));
    largest = std::max(largest, nearest);
  }
  return largest;
}

double least_distance(const PointSet& set) {
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t k = 0; k < set.size(); ++k) {
    for (std::size_t j = 0; j < k; ++j) least = std::min(least, distance(set.x[k], set.x[j]));
  }
  return least;
}

Shape kept(Shape shape) {
  shape.use = Shape::Use::keep;
  return shape;
}

}  // namespace

TEST_CASE("a removed disc's rim: length, normals into the disc, spacing") {
  const auto region = region_of(cube(2), {ball({0.5, 0.45}, 0.23)});
  const auto rim = surface_of(region, 4, 10);
  REQUIRE(std::abs(total(rim.measure) - 2 * pi * 0.23) < 1e-13);
  require_on_sphere(rim, {0.5, 0.45}, 0.23, -1, 1e-14);
  REQUIRE(*std::max_element(rim.measure.begin(), rim.measure.end()) <= 0.025);
}

TEST_CASE("a kept disc's normals point out of it") {
  const auto region = region_of(cube(2), {kept(ball({0.5, 0.5}, 0.4))});
  require_on_sphere(surface_of(region, 3, 8), {0.5, 0.5}, 0.4, 1, 1e-14);
}

TEST_CASE("a ball's surface in space: area, normals, spacing") {
  const auto region = region_of(cube(3), {ball({0.5, 0.5, 0.5}, 0.3)});
  const auto sphere = surface_of(region, 2, 8);
  REQUIRE(std::abs(total(sphere.measure) - 4 * pi * 0.09) < 1e-12);
  require_on_sphere(sphere, {0.5, 0.5, 0.5}, 0.3, -1, 1e-14);
  REQUIRE(least_distance(sphere) > 0.5 / 16);
  REQUIRE(covering_radius(sphere, surface_of(region, 2, 30)) < 1.0 / 16);
}

TEST_CASE("cores tile a surface: whatever the cuts, the same points, each once") {
  for (int dimension : {2, 3}) {
    const auto region = region_of(cube(dimension), {ball(std::vector<double>(dimension, 0.5), 0.25)});
    auto whole = surface_of(region, 1, 24).x;
    auto cut = surface_of(region, 4, 6).x;
    std::sort(whole.begin(), whole.end());
    std::sort(cut.begin(), cut.end());
    REQUIRE(whole == cut);
  }
}

TEST_CASE("a removed interval's ends are points of measure 1") {
  const auto region = region_of(cube(1), {ball({0.5}, 0.1)});
  const auto ends = surface_of(region, 4, 8);
  REQUIRE(ends.size() == 2);
  REQUIRE(total(ends.measure) == 2);
  for (std::size_t k = 0; k < 2; ++k) REQUIRE(ends.normal[k][0] == (ends.x[k][0] < 0.5 ? 1 : -1));
}

TEST_CASE("a cylinder's side: area, normals across its axis, all cores along the axis") {
  const auto region = region_of(cube(3), {cylinder("y", {0.5, 0, 0.5}, 0.2)});
  const auto side = surface_of(region, 3, 6);
  REQUIRE(std::abs(total(side.measure) - 2 * pi * 0.2) < 1e-12);
  for (std::size_t k = 0; k < side.size(); ++k) {
    REQUIRE(std::abs(std::hypot(side.x[k][0] - 0.5, side.x[k][2] - 0.5) - 0.2) < 1e-14);
    REQUIRE(side.normal[k][1] == 0);
    REQUIRE(std::abs(side.normal[k][0] + (side.x[k][0] - 0.5) / 0.2) < 1e-13);
  }
}

TEST_CASE("a ball that rests through time in four dimensions is a cylinder along t") {
  const auto region = region_of(cube(4), {cylinder("t", {0.5, 0.5, 0.5, 0}, 0.3)});
  REQUIRE(std::abs(total(surface_of(region, 2, 4).measure) - 4 * pi * 0.09) < 1e-12);
}

TEST_CASE("a removed box's faces: area cut by cores, normals into it") {
  const auto region = region_of(cube(3), {box_shape({0.2, 0.3, 0.4}, {0.6, 0.5, 0.9})});
  const auto faces = surface_of(region, 3, 4);
  REQUIRE(std::abs(total(faces.measure) - 2 * (0.4 * 0.2 + 0.4 * 0.5 + 0.2 * 0.5)) < 1e-13);
  for (std::size_t k = 0; k < faces.size(); ++k) {
    if (std::abs(faces.x[k][0] - 0.2) < 1e-14) REQUIRE(faces.normal[k][0] == 1);
    if (std::abs(faces.x[k][0] - 0.6) < 1e-14) REQUIRE(faces.normal[k][0] == -1);
  }
}

TEST_CASE("what a shape shares with the domain's box, or hides in another shape, is no surface") {
  const auto step = region_of(cube(2), {box_shape({0.5, 0}, {1, 0.5})});
  REQUIRE(std::abs(total(surface_of(step, 2, 8).measure) - 1) < 1e-13);
  const auto pair = region_of(cube(2), {ball({0.4, 0.5}, 0.2), ball({0.6, 0.5}, 0.2)});
  const double visible = 2 * pi * 0.2 * (1 - 1.0 / 3);
  REQUIRE(std::abs(total(surface_of(pair, 2, 200).measure) - visible) < 0.01);
  const auto cut = region_of(cube(2), {ball({0, 0.5}, 0.2)});
  REQUIRE(std::abs(total(surface_of(cut, 2, 200).measure) - pi * 0.2) < 0.01);
}

TEST_CASE("an implicit surface: on the zero set, area, normals, spacing, in the plane and in space") {
  const std::vector<double> area = {2 * pi * 0.35, 4 * pi * 0.35 * 0.35};
  for (int dimension : {2, 3}) {
    Point center{};
    for (int i = 0; i < dimension; ++i) center[i] = 0.48;
    const auto region =
        region_of(cube(dimension), {implicit_shape()}, {sphere_level_set(dimension, center, 0.35)});
    const auto surface = surface_of(region, 3, 6);
    require_on_sphere(surface, center, 0.35, -1, 1e-9);
    REQUIRE(std::abs(total(surface.measure) / area[dimension - 2] - 1) < 0.02);
    REQUIRE(*std::min_element(surface.measure.begin(), surface.measure.end()) >= 0);
  }
}

TEST_CASE("implicit points are neither sparse nor crowded within a core") {
  const auto region = region_of(cube(3), {implicit_shape()}, {sphere_level_set(3, {0.5, 0.5, 0.5}, 0.4)});
  const double spacing = 1.0 / 12;
  const auto surface = surface_of(region, 1, 12);
  REQUIRE(least_distance(surface) >= 0.7 * spacing);
  const auto fine = surface_of(region_of(cube(3), {ball({0.5, 0.5, 0.5}, 0.4)}), 1, 40);
  REQUIRE(covering_radius(surface, fine) < 1.1 * spacing);
}

TEST_CASE("a four-dimensional ball's surface has the area 2 pi^2 r^3") {
  const auto region = region_of(cube(4), {ball({0.5, 0.5, 0.5, 0.5}, 0.4)});
  const auto surface = surface_of(region, 2, 8);
  require_on_sphere(surface, {0.5, 0.5, 0.5, 0.5}, 0.4, -1, 1e-9);
  REQUIRE(std::abs(total(surface.measure) / (2 * pi * pi * 0.064) - 1) < 0.05);
}

TEST_CASE("implicit surfaces of cores that are not cubes, and level sets that are not defined everywhere") {
  Domain domain = cube(2);
  domain.upper = {4, 0.5};
  const LevelSet curve = [](std::span<const Point> points) {
    std::vector<double> value;
    for (const Point& x : points) value.push_back(0.1 * std::sqrt(x[0]) + 0.1 - x[1]);
    return value;
  };
  const auto region = region_of(domain, {implicit_shape()}, {curve});
  const auto surface = surface_of(region, 4, 10);
  REQUIRE(surface.size() > 40);
  for (std::size_t k = 0; k < surface.size(); ++k) {
    REQUIRE(std::abs(0.1 * std::sqrt(surface.x[k][0]) + 0.1 - surface.x[k][1]) < 1e-9);
    REQUIRE(surface.normal[k][1] > 0);
  }
}

TEST_CASE("surfaces are the same each time, and absent where the core has none") {
  const auto region = region_of(cube(2), {ball({0.1, 0.1}, 0.08), implicit_shape()},
                                {LevelSet{}, sphere_level_set(2, {0.3, 0.3}, 0.1)});
  const auto cores = cores_of(region.box(), 2);
  for (std::size_t shape : {0, 1}) {
    REQUIRE(sample_surface(region, shape, cores.back(), 8, 1).size() == 0);
    const auto once = sample_surface(region, shape, cores.front(), 8, 1);
    REQUIRE(once.size() > 5);
    REQUIRE(once.x == sample_surface(region, shape, cores.front(), 8, 1).x);
  }
}
