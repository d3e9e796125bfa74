// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "parallel/communicator.hpp"
#include "problem/model.hpp"

#include <petscsystypes.h>

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace ddpinn {

/// The correction of a composite solution on a coarse grid, by its weighted defects.
class GridCorrection {
 public:
  /// @param grid cells per direction (time included) @param order of the differences, even
  /// @throws Error (Status::case_file) for what has no finite differences here @note Collective.
  GridCorrection(const Communicator&, const Model&, const std::vector<int>& grid, int order = 2);
  ~GridCorrection();
  GridCorrection(GridCorrection&&) noexcept;
  GridCorrection& operator=(GridCorrection&&) noexcept;

  /// A node, by its natural number (first direction fastest, periodic nodes once), and a basis function's
  /// value.
  struct Hat {
    PetscInt node;
    double value;
  };

  /// The multilinear hat functions that do not vanish at x.
  std::vector<Hat> hats(const Point& x) const;

  /// Nodes whose cubic basis functions reach x, with the derivative alpha of each: smooth interpolation of
  /// nodal values.
  std::vector<Hat> smooth(const Point& x, const MultiIndex& alpha) const;

  PetscInt nodes() const;  ///< of the whole grid
  /// The node that is as far from this one as `shift`, which is a whole number of cells in every direction.
  PetscInt moved(PetscInt node, const Point& shift) const;

  std::size_t fields() const;     ///< unknowns per node
  std::size_t equations() const;  ///< interior statements, in the order of Model::groups

  /// Continues from values at t.lower that the statements there read beside the fields, asked for once.
  /// @param columns values at points of this rank, asked for by all ranks at the same time @note Collective.
  using Columns = std::function<std::vector<std::vector<double>>(const std::vector<Point>&)>;
  void continue_from(const Columns& columns);

  /// Where `solve` starts from, instead of zero: the fields, at the first level.
  /// @param columns as above @note Collective.
  void start_from(const Columns& columns);

  /// Fixes which nodes this rank contributes to and reads. @param nodes natural numbers, ascending
  /// @note Collective.
  void touch(std::vector<PetscInt> nodes);

  /// Linearises about given nodal values. @param fields values of the touched nodes, node by node and field
  /// by field; all zero for a linear problem @note Collective.
  void linearise(std::span<const double> fields);

  /// Solves K e = defect / integral of the hat, with homogeneous conditions.
  /// @param defect by touched node and equation: sum over quadrature points of measure * hat * (-residual) of
  /// what this rank holds; summed over the ranks here @param correction by touched node and field
  /// @note Collective.
  void correct(std::span<const double> defect, std::span<double> correction) const;

  /// Solves the problem itself on the grid, as the start of a nonlinear solve. @param values by touched node
  /// and field @note Collective.
  void solve(std::span<double> values);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace ddpinn
