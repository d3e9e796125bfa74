// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/normal_blocks.hpp"

namespace ddpinn {

/// A sparse Cholesky factorisation of the normal matrix by MUMPS: robust where an iteration is slow (sharp
/// layers, strongly graded subdomains), and cheap in one and two dimensions. PETSc's options for it begin
/// with -direct_.
class DirectSolver {
 public:
  /// @note Collective.
  DirectSolver(const JacobianOperator&, const NormalBlocks&);

  /// z = A^-1 r, but for a small shift (petsc::cholesky_solver). @note Collective.
  void apply(::Vec r, ::Vec z) const;

 private:
  petsc::Mat matrix_;
  petsc::Ksp solver_;
};

}  // namespace ddpinn
