// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/preconditioner.hpp"

#include "petsc/callback.hpp"

#include <ddpinn/error.hpp>

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
  if (kind == "none") return;
  if (kind != "two-level" && kind != "one-level" && kind != "block")
    throw Error(Status::case_file, "unknown preconditioner '" + kind +
                                       "' (there are two-level, one-level, block and none); choose one");
  const NormalBlocks normal(jacobian);
  PatchOptions options;
  options.neighbours = kind != "block";
  PetscReal coupling = options.coupling;
  check(PetscOptionsGetReal(nullptr, nullptr, "-patch_coupling", &coupling, nullptr));
  options.coupling = coupling;
  schwarz_ = std::make_unique<Schwarz>(jacobian, normal, options);
  if (kind != "two-level") return;
  coarse_ = std::make_unique<PolynomialSpace>(jacobian, normal, polynomial);
  for (auto* vector : {&product_, &remainder_, &correction_}) *vector = jacobian.create_unknowns();
}

void Preconditioner::apply(::Vec r, ::Vec z) const {
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
  check(PCShellSetName(pc, "overlapping Schwarz on dense blocks"));
}

}  // namespace ddpinn
