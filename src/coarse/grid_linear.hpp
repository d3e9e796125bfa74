// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "petsc/handle.hpp"

namespace ddpinn {

/// A sparse linear system of the grid and its solver. Options with the prefix `grid_` change the solver.
class GridLinear {
 public:
  /// @param matrix filled @param multigrid GMRES with algebraic multigrid (as large scalar problems in three
  /// directions want it) instead of a factorisation, to which it falls back where it does not converge
  /// @note Collective.
  GridLinear(MPI_Comm comm, petsc::Mat matrix, ::DM dm, bool multigrid);

  /// @throws Error (Status::numerical) for singular matrices @note Collective.
  void solve(::Vec right, ::Vec solution);

  /// For the matrix refilled in place. @note Collective.
  void refresh();
  ::Mat matrix() const { return matrix_; }
  ::KSP solver() const { return solver_; }

 private:
  void create(bool multigrid);
  bool attempt(::Vec right, ::Vec solution);

  MPI_Comm comm_;
  petsc::Mat matrix_;
  ::DM dm_;
  bool multigrid_;
  petsc::Ksp solver_;
};

}  // namespace ddpinn
