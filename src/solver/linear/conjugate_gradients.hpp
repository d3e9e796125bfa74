// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "io/checkpoint/record.hpp"
#include "solver/linear/preconditioner.hpp"

#include <vector>

namespace ddpinn {

/// Preconditioned conjugate gradients for A x = b from x = 0, step by step, so that a checkpoint may hold the
/// iteration between two of them. PETSc's KSPCG keeps its vectors to itself; this one takes the same
/// operations in the same order, in its natural norm, and so comes to the same numbers, bit for bit.
class ConjugateGradients {
 public:
  /// @param like a vector of the unknowns @note Collective.
  ConjugateGradients(::Mat, const Preconditioner&, ::Vec like);

  /// @note Collective.
  void begin(::Vec right);

  /// The root of r^T B r for the residual r and the preconditioner B.
  double norm() const;

  /// @returns 0, or why it can't be taken @note Collective.
  KSPConvergedReason step();

  ::Vec solution() const { return x_; }

  /// The ratio of the extreme eigenvalues of B A, as far as the steps have seen them (those of the
  /// tridiagonal matrix of the Lanczos process that the iteration is); 1 where there are none.
  double condition() const;

  /// The state between two steps; vectors by rank.
  void put(Record&, int rank) const;
  /// The same back, on the ranks that have put it. @note Collective.
  void get(const Record&, int rank);

 private:
  void precondition();

  ::Mat matrix_;
  const Preconditioner& preconditioner_;
  petsc::Vec x_, r_, z_, p_, w_;
  double beta_ = 0, beta_before_ = 0, alpha_ = 0, curvature_ = 0;
  std::vector<double> diagonal_, beside_;  ///< of the Lanczos process
};

}  // namespace ddpinn
