// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/linear/preconditioner.hpp"

#include "petsc/callback.hpp"
#include "solver/linear/preconditioner_kind.hpp"

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

Preconditioner::Preconditioner(PreconditionerType kind, const JacobianOperator& jacobian,
                               const std::map<int, SharedMatrix>& polynomial, Timers* timers,
                               const StopTest& stop)
    : Preconditioner(kind, jacobian,
                     preconditioner_kind(kind).needs_normal_blocks()
                         ? std::make_unique<NormalBlocks>(jacobian, stop)
                         : nullptr,
                     polynomial, timers, stop) {}

Preconditioner::Preconditioner(PreconditionerType kind, const JacobianOperator& jacobian,
                               std::unique_ptr<NormalBlocks> normal,
                               const std::map<int, SharedMatrix>& polynomial, Timers* timers,
                               const StopTest& stop)
    : normal_(std::move(normal)) {
  const auto parts = preconditioner_kind(kind);
  if (!parts.patches) matrix_ = jacobian.normal();
  if (!parts.needs_normal_blocks()) return;
  if (parts.direct) {
    direct_ = std::make_unique<DirectSolver>(jacobian, *normal_);
    normal_.reset();
    return;
  }
  operator_ = std::make_unique<NormalOperator>(jacobian, *normal_);
  matrix_ = operator_->matrix();
  schwarz_ = std::make_unique<Schwarz>(jacobian, *normal_, with_petsc_options(*parts.patches), stop);
  if (!parts.coarse) return;
  const auto timed = optional_scope(timers, "coarse set-up");
  coarse_ = std::make_unique<PolynomialSpace>(jacobian, *normal_, polynomial);
  remainder_ = jacobian.create_unknowns();
  for (auto* vector : {&first_, &second_}) *vector = coarse_->create_coarse();
}

void Preconditioner::apply(::Vec r, ::Vec z) const {
  if (direct_) return direct_->apply(r, z);
  if (!schwarz_) {
    check(VecCopy(r, z));
    return;
  }
  if (!coarse_) return schwarz_->apply(r, z);
  {
    const auto timed = optional_scope(timers_, "coarse solve");
    coarse_->project(r, first_);
  }
  check(VecCopy(r, remainder_));
  coarse_->subtract_image(first_, remainder_);
  schwarz_->apply(remainder_, z);
  {
    const auto timed = optional_scope(timers_, "coarse solve");
    coarse_->project_image(z, second_);
  }
  check(VecAXPY(first_, -1, second_));
  coarse_->add(first_, z);
}

void Preconditioner::attach(::PC pc) const {
  check(PCSetType(pc, PCSHELL));
  check(PCShellSetContext(pc, const_cast<Preconditioner*>(this)));
  check(PCShellSetApply(pc, apply_shell));
  check(
      PCShellSetName(pc, direct_ ? "sparse Cholesky factorisation" : "overlapping Schwarz on dense blocks"));
}

}  // namespace ddpinn
