// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/region.hpp"

#include "geometry/test_domains.hpp"
#include "support/catch.hpp"

#include <cmath>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

bool inside(const Region& region, Point x) { return region.contains(std::span(&x, 1))[0] != 0; }

double value(const Region& region, Point x) { return region.level_set(0, std::span(&x, 1))[0]; }

Shape kept(Shape shape) {
  shape.use = Shape::Use::keep;
  return shape;
}

std::string message_of(const Shape& shape, int dimension) {
  try {
    region_of(cube(dimension), {shape});
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("a box contains its faces and corners, and forgives rounding") {
  const auto region = region_of(cube(2, -1, 1), {});
  REQUIRE(inside(region, {1, 1}));
  REQUIRE(inside(region, {-1, 0}));
  REQUIRE(inside(region, {1 + 1e-15, 0}));
  REQUIRE(!inside(region, {1 + 1e-9, 0}));
}

TEST_CASE("removed balls, boxes, cylinders and implicit shapes are outside the region") {
  const auto holed = region_of(cube(3), {ball({0.5, 0.5, 0.5}, 0.2)});
  REQUIRE(!inside(holed, {0.5, 0.6, 0.5}));
  REQUIRE(inside(holed, {0.5, 0.71, 0.5}));
  const auto boxed = region_of(cube(2), {box_shape({0.2, 0.2}, {0.4, 0.4})});
  REQUIRE(!inside(boxed, {0.3, 0.3}));
  REQUIRE(inside(boxed, {0.3, 0.41}));
  const auto drilled = region_of(cube(3), {cylinder("z", {0.5, 0.5, 0}, 0.1)});
  REQUIRE(!inside(drilled, {0.5, 0.55, 0.9}));
  REQUIRE(inside(drilled, {0.5, 0.65, 0.9}));
  const auto implicit = region_of(cube(2), {implicit_shape()}, {sphere_level_set(2, {0.5, 0.5}, 0.3)});
  REQUIRE(!inside(implicit, {0.7, 0.5}));
  REQUIRE(inside(implicit, {0.81, 0.5}));
}

TEST_CASE("kept shapes intersect with the box, with each other and with removed shapes") {
  const auto region = region_of(
      cube(2), {kept(ball({0.5, 0.5}, 0.4)), kept(box_shape({0.5, 0}, {1, 1})), ball({0.7, 0.5}, 0.1)});
  REQUIRE(inside(region, {0.55, 0.5}));
  REQUIRE(!inside(region, {0.45, 0.5}));
  REQUIRE(!inside(region, {0.7, 0.5}));
  REQUIRE(!inside(region, {0.95, 0.95}));
}

TEST_CASE("a cylinder along time is a disc that rests") {
  Domain domain = cube(3);
  domain.coordinates = {"x", "y", "t"};
  const auto region = region_of(domain, {cylinder("t", {0.5, 0.5, 0}, 0.1)});
  for (double t : {0.0, 0.3, 1.0}) {
    REQUIRE(!inside(region, {0.55, 0.5, t}));
    REQUIRE(inside(region, {0.65, 0.5, t}));
  }
}

TEST_CASE("level sets of balls, boxes and cylinders are signed distances") {
  REQUIRE(value(region_of(cube(2), {ball({0, 0}, 1)}), {3, 4}) == 4);
  const auto box = region_of(cube(2, -5, 5), {box_shape({0, 0}, {1, 2})});
  REQUIRE(value(box, {4, 6}) == 5);
  REQUIRE(value(box, {0.25, 1}) == -0.25);
  REQUIRE(value(box, {0.5, 2.5}) == 0.5);
  const auto cylinder_y = region_of(cube(3), {cylinder("y", {0, 9, 0}, 1)});
  REQUIRE(value(cylinder_y, {3, -7, 4}) == 4);
}

TEST_CASE("a removed box that ends on a face takes that part of the face away") {
  const auto corner = region_of(cube(2), {box_shape({0.5, 0.5}, {1, 1})});
  REQUIRE(!inside(corner, {1, 0.75}));
  REQUIRE(inside(corner, {1, 0.5}));
  REQUIRE(inside(corner, {0.5, 0.5}));
}

TEST_CASE("shapes that do not fit the domain are refused, with what to do") {
  REQUIRE(message_of(ball({0.5, 0.5}, 0.1), 3).find("`center` has 2 numbers (the domain has 3") !=
          std::string::npos);
  REQUIRE(message_of(ball({0.5, 0.5}, 0), 2).find("`radius` is not positive") != std::string::npos);
  REQUIRE(message_of(box_shape({0, 0}, {1, 0}), 2).find("not below `upper` in direction 2") !=
          std::string::npos);
  REQUIRE(message_of(cylinder("q", {0, 0, 0}, 1), 3).find("`axis` is \"q\"") != std::string::npos);
  REQUIRE(message_of(implicit_shape(), 2).find("no level set") != std::string::npos);
  REQUIRE(message_of(ball({0.5, 0.5}, 0.1), 2).empty());
}
