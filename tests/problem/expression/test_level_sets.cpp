// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/expression/level_sets.hpp"
#include "support/catch.hpp"

using namespace ddpinn;

TEST_CASE("implicit shapes get level sets, the others none", "[level_sets]") {
  Problem problem;
  problem.domain.coordinates = {"x", "y"};
  problem.parameters = {{"R", 0.5}};
  Shape ball, blob;
  blob.kind = Shape::Kind::implicit;
  blob.inside = {"x**2 + y**2 - R**2", {"case.toml", 7, 11}};
  problem.domain.shapes = {ball, blob};
  const auto sets = level_sets(problem);
  REQUIRE(sets.size() == 2);
  REQUIRE(!sets[0]);
  const std::vector<Point> points = {{0, 0, 0, 0}, {0.5, 0, 0, 0}, {1, 1, 0, 0}};
  REQUIRE(sets[1](points) == std::vector<double>{-0.25, 0, 1.75});

  problem.domain.shapes[1].inside.value = "x < 0";
  REQUIRE(test::contains(test::message_of([&] { level_sets(problem); }),
                         "case.toml:7:11: the expression is a condition"));
}
