// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/normal_blocks.hpp"
#include "dense/lapack.hpp"
#include "petsc/sparse_cholesky.hpp"

#include <optional>

namespace ddpinn {

/// A sparse Cholesky factorisation of the normal matrix by MUMPS: robust where an iteration is slow (sharp
/// layers, strongly graded subdomains), and cheap in one and two dimensions. PETSc's options for it begin
/// with -direct_. Small matrices that are nearly dense, as of a few trained networks, are factorised by
/// LAPACK.
class DirectSolver {
 public:
  /// @note Collective.
  DirectSolver(const JacobianOperator&, const NormalBlocks&);

  /// z = A^-1 r, but for a small shift (petsc::SparseCholesky). @note Collective.
  void apply(::Vec r, ::Vec z) const;

 private:
  void factorise_densely(const NormalBlocks&);

  const Communicator* comm_;
  const DofLayout* layout_;
  petsc::Mat matrix_;
  petsc::SparseCholesky solver_;
  std::optional<Cholesky> dense_;  ///< of the whole matrix, on every rank
};

}  // namespace ddpinn
