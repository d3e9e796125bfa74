// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/advice/linear_equations.hpp"

#include <array>
#include <optional>

namespace ddpinn {

/// How many conditions are needed at a place, and how many stand there.
struct ConditionCount {
  int needed = 0, found = 0;
  bool lacks() const { return found < needed; }
};

/// The conditions at the two ends of a line along a direction, and of both together.
struct LineCount {
  ConditionCount all;
  std::array<ConditionCount, 2> ends;  ///< lower, upper
  bool lacks() const { return all.lacks(); }
};

/// The conditions of one block of equations. Counts are none where it is not certain what is needed.
class BlockConditions {
 public:
  BlockConditions(const Model&, const EquationBlock&);

  /// The direction of t, or -1 where there is none that has a start.
  int time() const { return time_; }
  /// At the ends of the line along the direction through the point.
  std::optional<LineCount> on_line(int direction, const Point& x) const;
  /// At a point of a shape's surface; for an interface on both of its sides together. None on moving ones.
  std::optional<ConditionCount> on_surface(std::size_t shape, const Point& x, const Point& normal) const;

 private:
  std::vector<LinearSystems> along(int direction, const Point& x) const;
  std::optional<int> order_along(int direction, const std::vector<LinearSystems>& line) const;
  std::optional<int> incoming_at(const LinearSystems&, const Point& inward) const;
  template <class Place>
  int conditions_at(Place place, const Point& x) const;
  int enforced_at(const Point& x, int direction) const;
  int at_points() const;
  bool is_enforced_inside(int direction, Point x) const;

  const Model& model_;
  const EquationBlock& block_;
  const Box& box_;
  Point width_{};
  int time_ = -1;
};

}  // namespace ddpinn
