// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/normal_operator.hpp"
#include "base/timers.hpp"
#include "solver/linear/direct.hpp"
#include "solver/linear/polynomial_space.hpp"
#include "solver/linear/schwarz.hpp"

#include <memory>
#include <string>

namespace ddpinn {

/// The preconditioner of the normal equations: "two-level", "one-level", "block" (Jacobi), "direct" or
/// "none".
class Preconditioner {
 public:
  /// @throws Interrupted @note Collective.
  Preconditioner(PreconditionerType, const JacobianOperator&, const std::map<int, SharedMatrix>& polynomial,
                 Timers* timers = nullptr, const StopTest& stop = {});

  /// With the blocks of the normal matrix of this Jacobian, which are known already; null where the kind
  /// needs none. @throws Interrupted @note Collective.
  Preconditioner(PreconditionerType, const JacobianOperator&, std::unique_ptr<NormalBlocks>,
                 const std::map<int, SharedMatrix>& polynomial, Timers* timers = nullptr,
                 const StopTest& stop = {});

  /// z = B r. Two levels are combined symmetrically (balancing: Mandel, Comm. Numer. Meth. Engng. 9, 1993):
  /// B = C + (I - C A) M (I - A C) with the coarse solve C = Z E^-1 Z^T and one-level Schwarz M. Products
  /// with A are with A Z only. @note Collective.
  void apply(::Vec r, ::Vec z) const;

  /// Where the time of coarse solves counts from now on; null for nowhere. What measures has no part in B.
  void time_coarse(Timers* timers) const { timers_ = timers; }

  /// Makes a PETSc preconditioner use this one. It refers to this object.
  void attach(::PC) const;

  /// A = J^T J as PETSc's shell matrix: by its blocks, where the preconditioner has them.
  ::Mat matrix() const { return matrix_; }

  long long coarse_dimension() const { return coarse_ ? coarse_->dimension() : 0; }

 private:
  std::unique_ptr<NormalBlocks> normal_;
  std::unique_ptr<NormalOperator> operator_;
  std::unique_ptr<Schwarz> schwarz_;
  std::unique_ptr<PolynomialSpace> coarse_;
  std::unique_ptr<DirectSolver> direct_;
  petsc::Mat matrix_;
  petsc::Vec remainder_, first_, second_;
  mutable Timers* timers_ = nullptr;
};

}  // namespace ddpinn
