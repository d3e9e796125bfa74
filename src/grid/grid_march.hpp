// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "grid/grid_linear.hpp"
#include "grid/grid_operator.hpp"
#include "grid/grid_rows.hpp"
#include "parallel/communicator.hpp"

#include <memory>
#include <span>
#include <vector>

namespace ddpinn {

/// Values of all fields at the nodes of this rank (and ghosts, see GridParts), by level.
using GridLevels = std::vector<petsc::Vec>;

/// Solves a case on the grid, one level after the other (a case without time has one), and the linearised
/// case for a correction. Lives on the ranks of the layout only.
class GridMarch {
 public:
  /// @param comm of layout.ranks() ranks @note Collective.
  GridMarch(const GridProblem& problem, const GridLayout& layout, const Communicator& comm);

  /// See GridRows::set_given.
  void set_given(std::vector<std::vector<double>> columns) { rows_.set_given(std::move(columns)); }

  /// Levels of zeros. @note Collective.
  GridLevels zeros() const;

  /// Solves the case. @param levels start of the iteration, where the equations are not linear, of the first
  /// level @throws Error (Status::numerical) @note Collective.
  void solve(GridLevels& levels);

  /// Linearises about `levels`, for `correct`. @note Collective.
  void linearise(const GridLevels& levels);

  /// The linearised equations with right-hand sides in the rows of equations (other rows: homogeneous).
  /// @param right by level and row of this rank @note Collective.
  void correct(const std::vector<std::vector<double>>& right, GridLevels& correction) const;

  /// The equation in each row of this rank; -1 where another condition stands.
  const std::vector<int>& equations(int level) const { return systems_[level].equation; }

 private:
  /// One level's linearised equations; levels share what is equal.
  struct System {
    std::shared_ptr<const GridOperator> differences;
    std::shared_ptr<GridLinear> linear;
    std::shared_ptr<const std::vector<double>> coefficient, scale;
    TimeDifferences time;
    std::vector<int> equation;
  };
  using Known = std::array<petsc::Vec, time_kinds>;

  TimeDifferences time_at(int level) const;
  std::shared_ptr<const GridOperator> differences(const std::vector<GridRow>& rows, int level);
  Known known(const GridLevels& levels, int level, const TimeDifferences& time, ::Vec velocity) const;
  std::vector<double> values(const GridOperator& differences, const TimeDifferences& time, const Known& known,
                             ::Vec now) const;
  void prepare(System& system, std::vector<double> coefficient, const TimeDifferences& time);
  void solve_linear(const std::vector<GridRow>& rows, const Known& known, ::Vec level, System& system);
  void solve_nonlinear(const std::vector<GridRow>& rows, const Known& known, ::Vec level,
                       const System& system) const;
  void advance(const std::vector<GridRow>& rows, const TimeDifferences& time, const Known& known, int level,
               ::Vec unknown);
  /// Values at the first level of fields that nothing determines there, from the next two.
  void fill_free(GridLevels& levels) const;
  void start_velocity(const GridLevels& levels);

  const GridProblem* problem_;
  const GridLayout* layout_;
  const Communicator* comm_;
  petsc::Dm dm_;
  GridRows rows_;
  GridSolver solver_;
  petsc::Vec velocity_;  ///< u_t at the first level; empty where no field has one
  System present_;       ///< of the last linear step
  std::vector<System> systems_;
};

}  // namespace ddpinn
