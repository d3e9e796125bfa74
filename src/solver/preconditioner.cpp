// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/preconditioner.hpp"

#include "petsc/callback.hpp"
#include "solver/preconditioner_kind.hpp"

namespace ddpinn {

using petsc::check;

namespace {

PetscErrorCode apply_shell(::PC shell, ::Vec r, ::Vec z) {
  return petsc::guarded([&] {
    void* raw = nullptr;
    check(PCShellGetContext(shell, &raw));
    static_cast<const Preconditioner*>(raw)->apply(r, z);
  });
}

}  // namespace

Preconditioner::Preconditioner(const std::string& kind, const JacobianOperator& jacobian,
                               const std::map<int, Matrix>& polynomial)
    : matrix_(jacobian.normal()) {
  const auto parts = preconditioner_kind(kind);
  if (!parts.needs_normal_blocks()) return;
  const NormalBlocks normal(jacobian);
  if (parts.direct) {
    direct_ = std::make_unique<DirectSolver>(jacobian, normal);
    return;
  }
  schwarz_ = std::make_unique<Schwarz>(jacobian, normal, with_petsc_options(*parts.patches));
  if (!parts.coarse) return;
  coarse_ = std::make_unique<PolynomialSpace>(jacobian, normal, polynomial);
  for (auto* vector : {&product_, &remainder_, &correction_}) *vector = jacobian.create_unknowns();
}

void Preconditioner::apply(::Vec r, ::Vec z) const {
  if (direct_) return direct_->apply(r, z);
  if (!schwarz_) {
    check(VecCopy(r, z));
    return;
  }
  if (!coarse_) return schwarz_->apply(r, z);
  coarse_->apply(r, z);
  check(MatMult(matrix_, z, product_));
  check(VecWAXPY(remainder_, -1, product_, r));
  schwarz_->apply(remainder_, correction_);
  check(VecAXPY(z, 1, correction_));
  check(MatMult(matrix_, correction_, product_));
  coarse_->apply(product_, correction_);
  check(VecAXPY(z, -1, correction_));
}

void Preconditioner::attach(::PC pc) const {
  check(PCSetType(pc, PCSHELL));
  check(PCShellSetContext(pc, const_cast<Preconditioner*>(this)));
  check(PCShellSetApply(pc, apply_shell));
  check(
      PCShellSetName(pc, direct_ ? "sparse Cholesky factorisation" : "overlapping Schwarz on dense blocks"));
}

}  // namespace ddpinn
