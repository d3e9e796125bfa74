// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "grid/elements/element_points.hpp"

#include <array>
#include <span>
#include <vector>

namespace ddpinn {

/// The values of one level by node (first direction fastest) and field, and its rate of change in time: `now`
/// times the values, and what the levels before add.
struct ElementLevel {
  std::vector<double> values;
  double now = 0;
  std::vector<double> past;
};

/// A group of statements at points, with the multilinear functions of the elements that these are in.
class ElementGroup {
 public:
  /// @throws Error (Status::case_file) for derivatives that these functions do not have
  ElementGroup(const StatementGroup&, const Model&, const GridMesh&, ElementPoints);

  const StatementGroup& statements() const { return *group_; }
  std::size_t size() const { return points_.size(); }
  double measure(std::size_t i) const { return points_.set.measure[i]; }

  /// The first point in each element that has any, and the end.
  const std::vector<std::size_t>& elements() const { return elements_; }
  /// Nodes of the element that point i is in.
  std::span<const int> nodes(std::size_t i) const { return {node_.data() + i * corners_, corners_}; }
  /// A derivative in space of their functions at point i. @pre of first order at most
  std::span<const double> functions(const MultiIndex& alpha, std::size_t i) const;

  std::vector<double> values(const Derivative&, const ElementLevel&) const;

  /// Of one of the statements, with derivatives by argument.
  Expression::Linearisation linearise(const Residual&, const ElementLevel&) const;
  std::vector<double> evaluate(const Residual&, const ElementLevel&) const;

 private:
  void add_functions(const SpaceIndex& element, const Point& x);
  std::vector<std::vector<double>> columns(const Residual&, const ElementLevel&) const;
  std::vector<double> column(const Argument&, const ElementLevel&) const;

  const StatementGroup* group_;
  const Model* model_;
  const GridMesh* mesh_;
  ElementPoints points_;
  std::size_t corners_;
  std::vector<int> node_;                        ///< by point and corner
  std::array<std::vector<double>, 4> function_;  ///< values, and slopes by direction of space
  std::vector<std::size_t> elements_;
};

}  // namespace ddpinn
