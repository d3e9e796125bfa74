// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "grid/grid_parts.hpp"

#include <map>
#include <vector>

namespace ddpinn {

/// One equation or condition as the grid sees it.
struct GridStatement {
  const StatementGroup* group = nullptr;
  const Statement* statement = nullptr;
  std::vector<Argument> arguments;  ///< of the residual
  int order = 0;                    ///< highest order of differentiation
  int time_order = 0;               ///< highest order of differentiation in time

  bool uses(int field) const;
  int order_in(int field) const;  ///< highest order of the field's derivatives; -1 where it is absent
};

/// What stands in the row of one unknown.
struct GridRow {
  int statement = -1;  ///< of GridProblem::statements; -1: the field is `value`
  double value = 0;
  Point x{};           ///< where the statement is evaluated: the node, or a place on the boundary next to it
  Point normal{};      ///< outward, for conditions
  bool ghost = false;  ///< of a node outside the domain, or in another part of it: the condition of a shape,
                       ///< or (without a statement) the field extrapolated from the part's nodes around
  bool free = false;   ///< nothing determines the field here: a pressure at the first level
  bool stabilised = false;  ///< the statement does not contain the field, a pressure: see GridPressure
  SpaceIndex inward{};  ///< where not zero: the field is extrapolated from the next nodes in this direction
  Sides part = 0;       ///< of the domain, whose values the statement takes
  Sides minus = 0, plus = 0;       ///< of a condition on an interface: those on its two sides
  std::vector<double> given = {};  ///< at the first level: values that the statement reads beside the fields
};

/// What an expression's argument is at a place: a coordinate (of a point moved by a small step to its side of
/// an interface), a component of the normal, or `value`: of a field, or of what is given.
double argument_at(const Argument& argument, const Point& x, const Point& normal, double step, double value);

/// A condition at a point in space that fixes a pressure.
struct GridAnchor {
  int statement;
  Point x;  ///< time is that of the level
};

/// What a case is on a grid: its statements, and which field each determines. The row of an unknown is that
/// of the statement which determines its field there.
class GridProblem {
 public:
  /// @param order of the differences, even @throws Error (Status::case_file) for what has no differences on
  /// the grid
  GridProblem(const Model& model, const std::vector<int>& cells, int order = 2);

  const Model& model() const { return *model_; }
  const GridMesh& mesh() const { return mesh_; }
  const GridParts& parts() const { return parts_; }
  /// Unknowns of a node: fields for each of its slots (see GridParts).
  std::size_t width() const { return fields() * parts_.slots(); }
  std::size_t fields() const { return model_->fields.size(); }
  const std::vector<GridStatement>& statements() const { return statements_; }
  std::size_t equations() const { return equations_; }  ///< the first statements
  /// The field that an equation, taken by itself, determines best.
  std::size_t best_field(std::size_t equation) const;
  /// Whether a field is a pressure: absent from the equation that is left for it, in others by its first
  /// derivatives.
  bool is_pressure(std::size_t field) const { return pressure_[field] != 0; }
  /// What fixes pressures, at every level.
  const std::vector<GridAnchor>& anchors() const { return anchors_; }
  bool is_anchor(int statement) const;
  /// Highest order in time of a field in the equations.
  int time_order(std::size_t field) const { return time_order_[field]; }

  /// The field that each of the equations which hold together determines: the assignment in which each field
  /// has as high a derivative as possible in its own equation.
  /// @param active indices of equations, one per field @returns for each field its equation
  /// @throws Error (Status::case_file) where there are more or fewer than fields, or where a field is absent
  /// from the equation that is left for it and no pressure
  const std::vector<int>& equations_of_fields(const std::vector<int>& active, const Point& x) const;

 private:
  void check_interfaces() const;
  void check_order(int order) const;
  void find_pressures();
  void find_anchors();
  void check_constants() const;
  std::vector<int> best_equations(std::vector<int> active) const;
  void check_time() const;
  [[noreturn]] void reject_field(std::size_t field, const GridStatement& equation) const;
  [[noreturn]] void reject_count(const std::vector<int>& active, const Point& x) const;

  const Model* model_;
  GridMesh mesh_;
  GridParts parts_;
  std::vector<GridStatement> statements_;
  std::size_t equations_ = 0;
  std::vector<int> time_order_;
  std::vector<char> pressure_;  ///< by field
  std::vector<GridAnchor> anchors_;
  mutable std::map<std::vector<int>, std::vector<int>> assignments_;
};

}  // namespace ddpinn
