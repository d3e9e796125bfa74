// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "geometry/box.hpp"

#include <ddpinn/problem.hpp>

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace ddpinn {

/// Values of a function of position at many points: negative inside a shape, positive outside.
using LevelSet = std::function<std::vector<double>(std::span<const Point>)>;

/// On which sides of the domain's interfaces a point lies: bit i is set inside the i-th interface shape.
/// Points with the same sides are in the same part of the domain, in which fields are smooth.
using Sides = std::uint64_t;
inline constexpr std::size_t max_interfaces = 64;

/// The domain, ready for questions about points. It is closed: surfaces belong to it.
class Region {
 public:
  /// Box shapes that end on the domain's box are taken to go on beyond it, so that what they share is no
  /// surface.
  /// @param implicit one level set for each of `domain.shapes`; empty functions where the shape is not
  /// implicit
  /// @throws Error where a shape does not fit the domain's dimension, or has no interior
  Region(const Domain& domain, std::vector<LevelSet> implicit);

  int dimension() const { return box_.dimension; }
  const Box& box() const { return box_; }
  bool periodic(int direction) const { return periodic_[direction]; }
  std::size_t shapes() const { return shapes_.size(); }
  const Shape& shape(std::size_t i) const { return shapes_[i]; }

  /// The direction that the cylinder i is parallel to; -1 for other shapes.
  int axis(std::size_t i) const { return axes_[i]; }

  /// One flag per point: inside the box and all kept shapes, outside all removed ones.
  std::vector<char> contains(std::span<const Point> points) const;

  /// From a point of a surface along its normal to one that is surely on that side: 1e-8 of the box.
  double probe_step() const;

  bool has_interfaces() const { return !interfaces_.empty(); }

  /// One set of flags a point; on an interface itself a point counts as outside.
  std::vector<Sides> sides(std::span<const Point> points) const;

  /// The level set of shape i (negative inside the shape): the signed distance for balls, boxes and
  /// cylinders.
  std::vector<double> level_set(std::size_t i, std::span<const Point> points) const;

 private:
  Box box_;
  std::vector<bool> periodic_;
  std::vector<Shape> shapes_;
  std::vector<int> axes_;
  std::vector<std::size_t> interfaces_;  ///< numbers of the shapes that are interfaces
  std::vector<LevelSet> level_sets_;
};

}  // namespace ddpinn
