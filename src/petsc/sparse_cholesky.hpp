// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "petsc/handle.hpp"

namespace ddpinn::petsc {

/// A sparse Cholesky factorisation with MUMPS, or, where it is small, with PETSc's own, unless options with a
/// prefix say otherwise. The smallest shift in {1e-14, 1e-13, ...} times the largest diagonal entry with
/// which it succeeds is added to the diagonal: the matrices are positive definite to rounding only, and a
/// preconditioner need not be exact.
///
/// A small matrix is factorised by every rank for itself: a solve then adds in the same order in each run,
/// while MUMPS on several ranks adds in that in which messages arrive.
class SparseCholesky {
 public:
  SparseCholesky() = default;
  /// @throws Error (Status::numerical) where no shift is enough @note Collective.
  SparseCholesky(MPI_Comm, ::Mat matrix, const char* prefix);

  /// x = A^-1 b, but for the shift. @note Collective.
  void solve(::Vec b, ::Vec x) const;

 private:
  void factorise(MPI_Comm, ::Mat matrix, const char* prefix);

  Ksp solver_;
  Handle<::VecScatter, VecScatterDestroy> to_all_;  ///< null where all ranks factorise together
  Vec all_b_, all_x_;
};

}  // namespace ddpinn::petsc
