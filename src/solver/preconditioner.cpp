// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/preconditioner.hpp"

#include "petsc/callback.hpp"

#include <ddpinn/error.hpp>

#include <array>

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

/// Clusters, or what -patch_kind says.
PatchKind patch_kind(const std::string& preconditioner) {
  if (preconditioner == "block") return PatchKind::subdomain;
  constexpr std::array<const char*, 3> names{"cluster", "vertex", "neighbourhood"};
  PetscInt choice = 0;
  check(PetscOptionsGetEList(nullptr, nullptr, "-patch_kind", names.data(), names.size(), &choice, nullptr));
  constexpr std::array kinds{PatchKind::cluster, PatchKind::vertex, PatchKind::neighbourhood};
  return kinds[static_cast<std::size_t>(choice)];
}

}  // namespace

Preconditioner::Preconditioner(const std::string& kind, const JacobianOperator& jacobian,
                               const std::map<int, Matrix>& polynomial) {
  if (kind == "none" || kind == "direct") matrix_ = jacobian.normal();
  if (kind == "none") return;
  if (kind != "two-level" && kind != "one-level" && kind != "block" && kind != "direct")
    throw Error(Status::case_file,
                "unknown preconditioner '" + kind +
                    "' (there are two-level, one-level, block, direct and none); choose one");
  normal_ = std::make_unique<NormalBlocks>(jacobian);
  if (kind == "direct") {
    direct_ = std::make_unique<DirectSolver>(jacobian, *normal_);
    normal_.reset();
    return;
  }
  operator_ = std::make_unique<NormalOperator>(jacobian, *normal_);
  matrix_ = operator_->matrix();
  schwarz_ = std::make_unique<Schwarz>(jacobian, *normal_, patch_kind(kind));
  if (kind != "two-level") return;
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
  coarse_->project(r, first_);
  check(VecCopy(r, remainder_));
  coarse_->subtract_image(first_, remainder_);
  schwarz_->apply(remainder_, z);
  coarse_->project_image(z, second_);
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
