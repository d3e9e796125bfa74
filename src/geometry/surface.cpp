// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/implicit_surface.hpp"
#include "geometry/sampling.hpp"
#include "geometry/tensor_points.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <span>

namespace ddpinn {
namespace {

using std::numbers::pi;

PointSet unit_circle(double spacing) {
  const int n = std::max(8, static_cast<int>(std::ceil(2 * pi / spacing - 1e-9)));
  PointSet set;
  for (int k = 0; k < n; ++k) {
    const double angle = 2 * pi * (k + 0.5) / n;
    set.x.push_back({std::cos(angle), std::sin(angle), 0, 0});
  }
  set.measure.assign(n, 2 * pi / n);
  return set;
}

/// The Fibonacci lattice: R. Swinbank and R. J. Purser, Q. J. R. Meteorol. Soc. 132 (2006).
PointSet unit_sphere(double spacing) {
  const int n = std::max(24, static_cast<int>(std::ceil(4 * pi / (spacing * spacing) - 1e-9)));
  PointSet set;
  for (int k = 0; k < n; ++k) {
    const double z = 1 - (2 * k + 1.0) / n;
    const double r = std::sqrt(1 - z * z);
    const double angle = 2 * pi * k / std::numbers::phi;
    set.x.push_back({r * std::cos(angle), r * std::sin(angle), z, 0});
  }
  set.measure.assign(n, 4 * pi / n);
  return set;
}

/// The unit sphere of R^dimension, 1 to 3, as points that are their own normals.
PointSet unit_sphere(int dimension, double spacing) {
  if (dimension == 1) return {{{1, 0, 0, 0}, {-1, 0, 0, 0}}, {1, 1}, {}};
  return dimension == 2 ? unit_circle(spacing) : unit_sphere(spacing);
}

/// The narrowest spacing of the core's directions that the shape is round in.
double round_spacing(const Box& core, int axis, int count) {
  double width = std::numeric_limits<double>::infinity();
  for (int i = 0; i < core.dimension; ++i) {
    if (i != axis) width = std::min(width, core.width(i));
  }
  return width / count;
}

/// A ball's or cylinder's surface in the core: a sphere of the other directions, times Gauss points along the
/// axis.
PointSet round_surface(const Shape& shape, const Box& core, const Box& box, int axis, int count) {
  const int round = core.dimension - (axis >= 0 ? 1 : 0);
  const auto sphere = unit_sphere(round, round_spacing(core, axis, count) / shape.radius);
  const auto along = axis >= 0 ? gauss_legendre(face_count(count)) : Quadrature{{0}, {1}};
  const double scale = std::pow(shape.radius, round - 1) * (axis >= 0 ? core.width(axis) : 1);
  PointSet set;
  for (std::size_t k = 0; k < sphere.size(); ++k) {
    for (std::size_t j = 0; j < along.node.size(); ++j) {
      Point x{};
      Point normal{};
      int used = 0;
      for (int i = 0; i < core.dimension; ++i) {
        if (i != axis) normal[i] = sphere.x[k][used++];
        x[i] = i == axis ? core.lower[i] + core.width(i) * along.node[j]
                         : shape.center[i] + shape.radius * normal[i];
      }
      if (!in_core(x, core, box)) continue;
      set.x.push_back(x);
      set.normal.push_back(normal);
      set.measure.push_back(scale * sphere.measure[k] * along.weight[j]);
    }
  }
  return set;
}

/// The part of one face of a box shape that lies in the core, by Gauss points.
PointSet box_face(const Shape& shape, const Box& core, const Box& box, Face face, int count) {
  const int d = face.direction;
  Point probe = core.lower;
  probe[d] = face.upper ? shape.upper[d] : shape.lower[d];
  if (!in_core(probe, core, box)) return {};
  Box part = core;
  part.lower[d] = part.upper[d] = probe[d];
  std::vector<int> counts(core.dimension, 1);
  for (int i = 0; i < core.dimension; ++i) {
    if (i == d) continue;
    part.lower[i] = std::max(core.lower[i], shape.lower[i]);
    part.upper[i] = std::min(core.upper[i], shape.upper[i]);
    if (part.width(i) <= box.rounding(i)) return {};
    counts[i] = std::max(2, static_cast<int>(std::ceil(face_count(count) * part.width(i) / core.width(i))));
  }
  auto set = box_points(part, counts, Sampling::gauss, 0);
  Point normal{};
  normal[d] = face.upper ? 1 : -1;
  set_normal(set, normal);
  return set;
}

PointSet box_surface(const Shape& shape, const Box& core, const Box& box, int count) {
  PointSet set;
  for (int i = 0; i < core.dimension; ++i) {
    for (bool upper : {false, true}) append(set, box_face(shape, core, box, {i, upper}, count));
  }
  return set;
}

/// Whether a shape with a signed distance is sure to have no surface in the core.
bool misses(const Region& region, std::size_t shape, const Box& core) {
  double diagonal = 0;
  for (int i = 0; i < core.dimension; ++i) diagonal += core.width(i) * core.width(i);
  const Point center = core.center();
  return std::abs(region.level_set(shape, std::span(&center, 1))[0]) > 0.51 * std::sqrt(diagonal);
}

}  // namespace

PointSet sample_surface(const Region& region, std::size_t i, const Box& core, int count, std::uint64_t) {
  const Shape& shape = region.shape(i);
  const bool four_dimensional_ball = shape.kind == Shape::Kind::ball && core.dimension > 3;
  if (shape.kind != Shape::Kind::implicit && misses(region, i, core)) return {};
  if (shape.kind == Shape::Kind::implicit || four_dimensional_ball)
    return sample_implicit_surface(region, i, core, count);
  auto set = shape.kind == Shape::Kind::box ? box_surface(shape, core, region.box(), count)
                                            : round_surface(shape, core, region.box(), region.axis(i), count);
  if (shape.use == Shape::Use::remove) {
    for (auto& normal : set.normal) {
      for (auto& n : normal) n = 0 - n;
    }
  }
  shape.use == Shape::Use::interface ? keep_within(region, set) : keep_boundary(region, set);
  return set;
}

}  // namespace ddpinn
