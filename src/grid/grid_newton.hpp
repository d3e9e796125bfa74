// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "grid/grid_linear.hpp"
#include "grid/grid_operator.hpp"

#include <functional>

namespace ddpinn {

/// Newton's method with line search (SNES) for the equations of one level. Options with the prefix `grid_`
/// change it.
class GridNewton {
 public:
  using Evaluate = std::function<GridOperator::Linearised(::Vec)>;

  /// @param evaluate residuals and coefficients of the entries at given values
  GridNewton(MPI_Comm comm, ::DM dm, const GridOperator& differences, const TimeDifferences& time,
             Evaluate evaluate)
      : comm_(comm), dm_(dm), differences_(&differences), time_(&time), evaluate_(std::move(evaluate)) {}

  /// @param level start of the iteration, and its result @param kind multigrid falls back to a factorisation
  /// where it does not converge
  /// @throws Error (Status::numerical) where it does not converge @note Collective.
  void solve(::Vec level, GridSolver kind);

 private:
  static PetscErrorCode residual(::SNES, ::Vec u, ::Vec f, void* self);
  static PetscErrorCode jacobian(::SNES, ::Vec u, ::Mat, ::Mat matrix, void* self);
  bool attempt(::Vec level, GridSolver kind);

  MPI_Comm comm_;
  ::DM dm_;
  const GridOperator* differences_;
  const TimeDifferences* time_;
  Evaluate evaluate_;
  std::vector<double> scale_;
};

}  // namespace ddpinn
