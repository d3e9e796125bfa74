// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/sampling.hpp"

#include "geometry/test_domains.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

constexpr std::array all_samplings = {Sampling::gauss, Sampling::uniform, Sampling::sobol, Sampling::random};

Box first_core(const Region& region, int n) { return cores_of(region.box(), n).front(); }

}  // namespace

TEST_CASE("interior points fill the core, and their measures sum to its volume") {
  for (int dimension : {1, 2, 3, 4}) {
    const auto region = region_of(cube(dimension, -1, 3), {});
    const auto core = first_core(region, 4);
    for (Sampling sampling : all_samplings) {
      const auto set = sample_interior(region, core, std::vector<int>(dimension, 5), sampling, 3);
      REQUIRE(set.size() == static_cast<std::size_t>(std::pow(5, dimension)));
      REQUIRE(set.normal.empty());
      REQUIRE(std::abs(total(set.measure) - 1) < 1e-13);
      for (const Point& x : set.x) REQUIRE(in_core(x, core, region.box()));
    }
  }
}

TEST_CASE("counts may differ by direction") {
  const auto region = region_of(cube(2), {});
  REQUIRE(sample_interior(region, region.box(), {3, 7}, Sampling::uniform, 1).size() == 21);
}

TEST_CASE("Gauss points integrate polynomials over a core exactly") {
  const auto region = region_of(cube(2, 0, 2), {});
  const auto set = sample_interior(region, first_core(region, 2), {3, 4}, Sampling::gauss, 1);
  double sum = 0;
  for (std::size_t k = 0; k < set.size(); ++k)
    sum += set.measure[k] * std::pow(set.x[k][0], 5) * std::pow(set.x[k][1], 7);
  REQUIRE(std::abs(sum - 1.0 / 48) < 1e-15);
}

TEST_CASE("interior points keep out of removed shapes and approximate the volume that is left") {
  const auto region = region_of(cube(2), {ball({0.5, 0.5}, 0.3)});
  for (Sampling sampling : all_samplings) {
    double area = 0;
    for (const Box& core : cores_of(region.box(), 4)) {
      const auto set = sample_interior(region, core, {20, 20}, sampling, 5);
      for (const Point& x : set.x) REQUIRE(std::hypot(x[0] - 0.5, x[1] - 0.5) >= 0.3);
      area += total(set.measure);
    }
    REQUIRE(std::abs(area - (1 - 0.09 * std::numbers::pi)) < 0.02);
  }
}

TEST_CASE("points depend on core, counts and seed only, and random ones on the seed") {
  const auto region = region_of(cube(3), {ball({0.5, 0.5, 0.5}, 0.3)});
  const auto core = cores_of(region.box(), 3)[7];
  for (Sampling sampling : all_samplings) {
    const auto once = sample_interior(region, core, {4, 4, 4}, sampling, 3);
    const auto again = sample_interior(region, core, {4, 4, 4}, sampling, 3);
    const auto other = sample_interior(region, core, {4, 4, 4}, sampling, 4);
    REQUIRE(once.x == again.x);
    REQUIRE((once.x != other.x) == (sampling == Sampling::sobol || sampling == Sampling::random));
  }
}

TEST_CASE("points of a face lie on it, with the outward normal and its area") {
  const auto region = region_of(cube(3), {});
  for (int direction : {0, 1, 2}) {
    for (bool upper : {false, true}) {
      for (Sampling sampling : all_samplings) {
        double area = 0;
        for (const Box& core : cores_of(region.box(), 2)) {
          const auto set = sample_face(region, core, {direction, upper}, 8, sampling, 3);
          area += total(set.measure);
          for (std::size_t k = 0; k < set.size(); ++k) {
            REQUIRE(set.x[k][direction] == (upper ? 1 : 0));
            REQUIRE(in_core(set.x[k], core, region.box()));
            REQUIRE(set.normal[k][direction] == (upper ? 1 : -1));
            REQUIRE(set.normal[k][(direction + 1) % 3] == 0);
          }
        }
        REQUIRE(std::abs(area - 1) < 1e-13);
      }
    }
  }
}

TEST_CASE("cores off a face have no points on it, nor has any core in a periodic direction") {
  Domain domain = cube(2);
  domain.periodic = {true, false};
  const auto region = region_of(domain, {});
  const auto core = first_core(region, 2);
  REQUIRE(sample_face(region, core, {1, true}, 8, Sampling::gauss, 1).size() == 0);
  REQUIRE(sample_face(region, core, {1, false}, 8, Sampling::gauss, 1).size() == 8);
  REQUIRE(sample_face(region, core, {0, false}, 8, Sampling::gauss, 1).size() == 0);
}

TEST_CASE("Gauss points come close to the edges of a face however few are asked for") {
  const auto region = region_of(cube(2), {});
  const auto set = sample_face(region, region.box(), {0, false}, 2, Sampling::gauss, 1);
  const auto nearest =
      std::min_element(set.x.begin(), set.x.end(), [](auto a, auto b) { return a[1] < b[1]; });
  REQUIRE((*nearest)[1] < 0.034);
}

TEST_CASE("in one dimension a face is one point of measure 1") {
  const auto region = region_of(cube(1, -2, 2), {});
  for (Sampling sampling : all_samplings) {
    const auto set = sample_face(region, region.box(), {0, true}, 8, sampling, 1);
    REQUIRE(set.size() == 1);
    REQUIRE(set.x[0][0] == 2);
    REQUIRE(set.measure[0] == 1);
    REQUIRE(set.normal[0][0] == 1);
  }
}

TEST_CASE("faces end where a shape is removed") {
  const auto region = region_of(cube(2), {box_shape({0.5, 0}, {1, 0.5})});
  const auto bottom = sample_face(region, region.box(), {1, false}, 40, Sampling::uniform, 1);
  REQUIRE(std::abs(total(bottom.measure) - 0.5) < 1e-13);
  for (const Point& x : bottom.x) REQUIRE(x[0] < 0.5);
}

TEST_CASE("each point of the box lies in exactly one core") {
  const auto region = region_of(cube(2), {});
  const auto cores = cores_of(region.box(), 3);
  for (int i = 0; i <= 12; ++i) {
    for (int j = 0; j <= 12; ++j) {
      const Point x{i / 12.0, j / 12.0};
      REQUIRE(std::count_if(cores.begin(), cores.end(),
                            [&](auto& c) { return in_core(x, c, region.box()); }) == 1);
    }
  }
}

TEST_CASE("the names of the distributions are known, and no others") {
  REQUIRE(value_spelled<Sampling>("sobol") == Sampling::sobol);
  REQUIRE(!value_spelled<Sampling>("halton"));
}
