// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "geometry/sampling.hpp"

#include <numeric>
#include <string>
#include <utility>
#include <vector>

namespace ddpinn::test {

/// [lower, upper]^dimension with coordinates x, y, z, t.
inline Domain cube(int dimension, double lower = 0, double upper = 1) {
  const std::vector<std::string> names = {"x", "y", "z", "t"};
  Domain domain;
  domain.coordinates.assign(names.begin(), names.begin() + dimension);
  domain.lower.assign(dimension, lower);
  domain.upper.assign(dimension, upper);
  domain.periodic.assign(dimension, false);
  return domain;
}

inline Shape ball(std::vector<double> center, double radius) {
  Shape shape;
  shape.name = "ball";
  shape.center = std::move(center);
  shape.radius = radius;
  return shape;
}

inline Shape cylinder(std::string axis, std::vector<double> center, double radius) {
  Shape shape = ball(std::move(center), radius);
  shape.kind = Shape::Kind::cylinder;
  shape.axis = std::move(axis);
  return shape;
}

inline Shape box_shape(std::vector<double> lower, std::vector<double> upper) {
  Shape shape;
  shape.name = "box";
  shape.kind = Shape::Kind::box;
  shape.lower = std::move(lower);
  shape.upper = std::move(upper);
  return shape;
}

inline Shape implicit_shape() {
  Shape shape;
  shape.name = "implicit";
  shape.kind = Shape::Kind::implicit;
  return shape;
}

/// |x - center|^2 - radius^2, which is no signed distance.
inline LevelSet sphere_level_set(int dimension, Point center, double radius) {
  return [=](std::span<const Point> points) {
    std::vector<double> value;
    for (const Point& x : points) {
      double sum = -radius * radius;
      for (int i = 0; i < dimension; ++i) sum += (x[i] - center[i]) * (x[i] - center[i]);
      value.push_back(sum);
    }
    return value;
  };
}

inline Region region_of(Domain domain, std::vector<Shape> shapes, std::vector<LevelSet> level_sets = {}) {
  domain.shapes = std::move(shapes);
  return {domain, std::move(level_sets)};
}

/// The box cut into n equal cores per direction.
inline std::vector<Box> cores_of(const Box& box, int n) {
  std::vector<Box> cores{box};
  for (int i = 0; i < box.dimension; ++i) {
    std::vector<Box> cut;
    for (const Box& core : cores) {
      for (int k = 0; k < n; ++k) {
        Box part = core;
        part.lower[i] = box.lower[i] + box.width(i) * k / n;
        part.upper[i] = box.lower[i] + box.width(i) * (k + 1) / n;
        cut.push_back(part);
      }
    }
    cores = std::move(cut);
  }
  return cores;
}

/// The points of all cores together.
inline PointSet surface_of(const Region& region, int cores, int count, std::size_t shape = 0) {
  PointSet all;
  for (const Box& core : cores_of(region.box(), cores)) {
    const auto set = sample_surface(region, shape, core, count, 1);
    all.x.insert(all.x.end(), set.x.begin(), set.x.end());
    all.measure.insert(all.measure.end(), set.measure.begin(), set.measure.end());
    all.normal.insert(all.normal.end(), set.normal.begin(), set.normal.end());
  }
  return all;
}

inline double total(const std::vector<double>& measure) {
  return std::accumulate(measure.begin(), measure.end(), 0.0);
}

}  // namespace ddpinn::test
