// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "decomposition/decomposition.hpp"
#include "problem/model.hpp"
#include "space/network_family.hpp"

#include <map>
#include <optional>
#include <vector>

namespace ddpinn {

/// Classes of boxes of level 0 whose local problems have the same numbers but for the coefficients and right
/// sides of their statements: features, boxes, windows, neighbours as far as two cells away, ends of the
/// domain, points, and nodes of a grid, all in the box's own coordinates. What follows from these alone is
/// the same for all boxes of a class, and needs to be computed once. Found by comparing numbers, not by the
/// text of a case, so that boxes of graded decompositions can be congruent too. The same on every rank; no
/// communication.
///
/// A box near which shapes cut the domain, or in which observations stand, is a class of its own; so is every
/// box where the networks differ, where conditions are enforced exactly, and where statements hold at some
/// points only.
class Congruence {
 public:
  /// Every box is a class of its own.
  explicit Congruence(const Decomposition&);
  /// @param grid cells of a grid over the domain, by direction; empty: none
  Congruence(const Model&, const Decomposition&, const NetworkFamily&, const std::vector<int>& grid);

  int of(int box) const { return of_[box]; }
  int classes() const { return classes_; }

 private:
  std::vector<int> of_;
  int classes_ = 0;
};

/// The box that is to `to` as `box` is to `from`. @pre `from` and `to` are congruent, and `box` is at most
/// two cells from `from`
int moved_box(const Decomposition&, int box, int from, int to);

/// What is added to points in and around one box to come to those of another.
Point shift_between(const Decomposition&, int from, int to);

/// Sets of numbers that are told apart where they differ by more than rounding: columns whose entries are
/// compared relative to the largest of their column. Finding one takes a time that does not grow with their
/// number: sets are kept by a projection that rounding changes little, and looked for in its neighbourhood,
/// so that a projection at the edge of two bins is found.
class DistinctNumbers {
 public:
  using Columns = std::vector<std::vector<double>>;

  /// The place of the first set that equals this one, or nothing. @param kind only sets added with the same
  /// one are equal
  std::optional<std::size_t> find(const Columns&, const void* kind = nullptr) const;
  /// @return its place: how many there were before
  std::size_t add(Columns, const void* kind = nullptr);

  /// Whether two sets are the same but for rounding.
  static bool equal(const Columns&, const Columns&);

  /// Of equal sets, which rounding tells apart, projections differ by less than `reach`.
  static double projection(const Columns&);
  static constexpr double reach = 1e-7;

 private:
  struct Set {
    Columns columns;
    const void* kind;
  };
  std::vector<Set> sets_;
  std::multimap<double, std::size_t> by_projection_;
};

}  // namespace ddpinn
