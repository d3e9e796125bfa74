// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "grid/grid_conditions.hpp"

#include <optional>
#include <vector>

namespace ddpinn {

/// The rows of the nodes of one rank at one level, node by node, slot by slot and field by field.
///
/// At a node on faces, conditions replace the equations of the fields that they determine: those of fields
/// before those of derivatives, then in the order of the case file; a condition of a field that has its row
/// already (at corners) is dropped. A further condition on one face takes the row of the opposite face's node
/// where that has none (the initial u_t of an equation of second order that is not marched: as many one-sided
/// differences at one end as conditions at the other keep what oscillates from node to node from growing),
/// else that of the next node inward (equations of fourth order). Conditions at points take the row of the
/// nearest node, but those of pressures (see GridProblem::anchors). A pressure without a condition on a face
/// is extrapolated. Where a field is enforced exactly and its factor vanishes, its row is that. At the first
/// level, the conditions on t.lower come first. The rows of ghosts (see GridParts) are conditions on
/// interfaces.
class GridRows {
 public:
  GridRows(const GridProblem& problem, std::vector<SpaceIndex> nodes);

  /// What statements on t.lower read beside the fields: columns of values at this rank's nodes.
  void set_given(std::vector<std::vector<double>> columns) { given_ = std::move(columns); }

  std::vector<GridRow> at_level(int level) const;

  /// Rows for the initial velocity, u_t at t.lower, of the fields of second order in time.
  std::vector<GridRow> velocity() const;

 private:
  /// Rows of one node that have been given away so far.
  struct Taken {
    std::vector<std::optional<GridRow>> row;  ///< by field
    std::vector<GridRow> left_over;           ///< conditions without a row, on a single face
  };

  Taken boundary(const SpaceIndex& index, int level) const;
  /// Gives each candidate to a field, if one is left that it contains.
  /// @param keep whether to keep those that no field takes in left_over
  void assign(std::vector<GridRow> candidates, bool keep, Taken& taken) const;
  void take_further_conditions(const SpaceIndex& index, int level, Taken& taken) const;
  /// Of the further conditions at the node `end`, those that the opposite node has room for, or the others.
  std::vector<GridRow> further(const SpaceIndex& end, const SpaceIndex& opposite, int level,
                               bool of_opposite) const;
  void enforce(const Point& x, Taken& taken) const;
  std::vector<double> given(std::size_t node) const;
  void add_equations(int level, std::vector<Taken>& rows) const;
  void put_outside(int level, std::vector<Taken>& rows) const;
  GridRow own_row(const SpaceIndex& index, int level, const Point& x, int statement, std::size_t field) const;
  std::vector<GridRow> other_parts(const SpaceIndex& index, int level) const;
  std::vector<GridRow> flat(int level, const std::vector<Taken>& rows) const;
  Point inside_part(const SpaceIndex& index, Point x) const;

  const GridProblem* problem_;
  GridConditions conditions_;
  std::vector<SpaceIndex> nodes_;
  std::vector<std::vector<double>> given_;
  std::vector<double> factor_scale_;  ///< by field: typical size of the factor of exact enforcement
};

}  // namespace ddpinn
