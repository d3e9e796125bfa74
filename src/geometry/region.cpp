// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/region.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ddpinn {
namespace {

[[noreturn]] void reject(const Shape& shape, const std::string& what) {
  throw Error(Status::case_file, shape.at, "shape \"" + shape.name + "\": " + what);
}

void check_length(const Shape& shape, const std::string& key, std::size_t length, int dimension) {
  if (length == static_cast<std::size_t>(dimension)) return;
  reject(shape, "`" + key + "` has " + std::to_string(length) + " numbers (the domain has " +
                    std::to_string(dimension) + " coordinates); give one number per coordinate");
}

void check_ball(const Shape& shape, int dimension) {
  check_length(shape, "center", shape.center.size(), dimension);
  if (!(shape.radius > 0)) reject(shape, "`radius` is not positive (the shape is empty); give its radius");
}

void check_box(const Shape& shape, int dimension) {
  check_length(shape, "lower", shape.lower.size(), dimension);
  check_length(shape, "upper", shape.upper.size(), dimension);
  for (int i = 0; i < dimension; ++i) {
    if (!(shape.lower[i] < shape.upper[i]))
      reject(shape, "`lower` is not below `upper` in direction " + std::to_string(i + 1) +
                        " (the box is empty); exchange them");
  }
}

void check_shape(const Shape& shape, int dimension, const LevelSet& level_set) {
  switch (shape.kind) {
    case Shape::Kind::ball:
    case Shape::Kind::cylinder:
      return check_ball(shape, dimension);
    case Shape::Kind::box:
      return check_box(shape, dimension);
    case Shape::Kind::implicit:
      if (!level_set) reject(shape, "it has no level set (it is implicit); give the expression `inside`");
  }
}

int axis_of(const Shape& shape, const std::vector<std::string>& coordinates) {
  if (shape.kind != Shape::Kind::cylinder) return -1;
  const auto at = std::find(coordinates.begin(), coordinates.end(), shape.axis);
  if (at == coordinates.end())
    reject(shape,
           "`axis` is \"" + shape.axis + "\" (no coordinate of the domain); name one of its coordinates");
  if (coordinates.size() == 1)
    reject(shape, "a cylinder in one dimension is everything; use a ball or a box");
  return at - coordinates.begin();
}

/// What a box shape shares with the faces of the domain's box would be surface and face at once.
void extend_beyond(const Box& box, Shape& shape) {
  if (shape.kind != Shape::Kind::box) return;
  for (int i = 0; i < box.dimension; ++i) {
    const double width = box.width(i);
    if (shape.lower[i] <= box.lower[i] + box.rounding(i)) shape.lower[i] = box.lower[i] - width;
    if (shape.upper[i] >= box.upper[i] - box.rounding(i)) shape.upper[i] = box.upper[i] + width;
  }
}

/// Signed distance from a ball; along `axis` (where not negative) the ball is stretched to a cylinder.
double ball_distance(const Shape& shape, int dimension, int axis, const Point& x) {
  double sum = 0;
  for (int i = 0; i < dimension; ++i) {
    if (i != axis) sum += (x[i] - shape.center[i]) * (x[i] - shape.center[i]);
  }
  return std::sqrt(sum) - shape.radius;
}

double box_distance(const Shape& shape, int dimension, const Point& x) {
  double outside = 0;
  double inside = -std::numeric_limits<double>::infinity();
  for (int i = 0; i < dimension; ++i) {
    const double beyond = std::max(shape.lower[i] - x[i], x[i] - shape.upper[i]);
    inside = std::max(inside, beyond);
    if (beyond > 0) outside += beyond * beyond;
  }
  return inside > 0 ? std::sqrt(outside) : inside;
}

}  // namespace

Region::Region(const Domain& domain, std::vector<LevelSet> implicit)
    : periodic_(domain.periodic), shapes_(domain.shapes), level_sets_(std::move(implicit)) {
  box_.dimension = domain.coordinates.size();
  std::copy_n(domain.lower.begin(), box_.dimension, box_.lower.begin());
  std::copy_n(domain.upper.begin(), box_.dimension, box_.upper.begin());
  periodic_.resize(box_.dimension, false);
  level_sets_.resize(shapes_.size());
  for (std::size_t i = 0; i < shapes_.size(); ++i) {
    check_shape(shapes_[i], box_.dimension, level_sets_[i]);
    axes_.push_back(axis_of(shapes_[i], domain.coordinates));
    extend_beyond(box_, shapes_[i]);
    if (shapes_[i].use == Shape::Use::interface) interfaces_.push_back(i);
  }
}

double Region::probe_step() const {
  double least = box_.width(0);
  for (int i = 1; i < dimension(); ++i) least = std::min(least, box_.width(i));
  return 1e-8 * least;
}

std::vector<double> Region::level_set(std::size_t i, std::span<const Point> points) const {
  const Shape& shape = shapes_[i];
  if (shape.kind == Shape::Kind::implicit) return level_sets_[i](points);
  std::vector<double> value(points.size());
  for (std::size_t k = 0; k < points.size(); ++k) {
    value[k] = shape.kind == Shape::Kind::box ? box_distance(shape, dimension(), points[k])
                                              : ball_distance(shape, dimension(), axes_[i], points[k]);
  }
  return value;
}

std::vector<char> Region::contains(std::span<const Point> points) const {
  std::vector<char> inside(points.size());
  for (std::size_t k = 0; k < points.size(); ++k) inside[k] = in_core(points[k], box_, box_);
  for (std::size_t i = 0; i < shapes_.size(); ++i) {
    if (shapes_[i].use == Shape::Use::interface) continue;
    const double sign = shapes_[i].use == Shape::Use::remove ? 1 : -1;
    const auto value = level_set(i, points);
    for (std::size_t k = 0; k < points.size(); ++k) inside[k] = inside[k] && sign * value[k] >= 0;
  }
  return inside;
}

std::vector<Sides> Region::sides(std::span<const Point> points) const {
  std::vector<Sides> result(points.size(), 0);
  for (std::size_t bit = 0; bit < interfaces_.size(); ++bit) {
    const auto value = level_set(interfaces_[bit], points);
    for (std::size_t k = 0; k < points.size(); ++k)
      if (value[k] < 0) result[k] |= Sides{1} << bit;
  }
  return result;
}

}  // namespace ddpinn
