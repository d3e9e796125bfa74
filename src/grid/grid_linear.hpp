// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "petsc/handle.hpp"

namespace ddpinn {

/// How the systems of a grid are solved.
enum class GridSolver {
  factorisation,
  minimum_fill,  ///< a factorisation whose ordering copes with columns that nearly every row has
                 ///< (anchors)
  multigrid      ///< GMRES with algebraic multigrid, as large scalar problems in three directions want it
};

/// A sparse linear system of the grid and its solver. Options with the prefix `grid_` change the solver.
class GridLinear {
 public:
  /// @param matrix filled @param kind multigrid falls back to a factorisation where it does not converge
  /// @note Collective.
  GridLinear(MPI_Comm comm, petsc::Mat matrix, ::DM dm, GridSolver kind);

  /// @throws Error (Status::numerical) for singular matrices @note Collective.
  void solve(::Vec right, ::Vec solution);

  /// For the matrix refilled in place. @note Collective.
  void refresh();
  ::Mat matrix() const { return matrix_; }
  ::KSP solver() const { return solver_; }

 private:
  void create(GridSolver kind);
  bool attempt(::Vec right, ::Vec solution);

  MPI_Comm comm_;
  petsc::Mat matrix_;
  ::DM dm_;
  GridSolver kind_;
  petsc::Ksp solver_;
};

}  // namespace ddpinn
