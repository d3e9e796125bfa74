// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "grid/grid_newton.hpp"

#include "petsc/callback.hpp"

namespace ddpinn {

using petsc::check;

namespace {

/// Relative and absolute (rows are scaled to size one) residual, relative step, iterations.
constexpr double relative = 1e-11, absolute = 1e-11, step = 1e-11;
constexpr PetscInt max_iterations = 60;

}  // namespace

PetscErrorCode GridNewton::residual(::SNES, ::Vec u, ::Vec f, void* self) {
  return petsc::guarded([&] {
    const auto& newton = *static_cast<GridNewton*>(self);
    const auto linear = newton.evaluate_(u);
    const petsc::LocalArray local(f);
    for (std::size_t r = 0; r < linear.residual.size(); ++r)
      local.get()[r] = newton.scale_[r] * linear.residual[r];
  });
}

PetscErrorCode GridNewton::jacobian(::SNES, ::Vec u, ::Mat, ::Mat matrix, void* self) {
  return petsc::guarded([&] {
    const auto& newton = *static_cast<GridNewton*>(self);
    newton.differences_->fill(matrix, newton.evaluate_(u).coefficient, *newton.time_, newton.scale_);
  });
}

bool GridNewton::attempt(::Vec level, GridSolver kind) {
  petsc::Snes snes;
  GridLinear linear(comm_, differences_->matrix(), dm_, kind);
  check(SNESCreate(comm_, snes.out()));
  check(SNESSetOptionsPrefix(snes, "grid_"));
  check(SNESSetType(snes, SNESNEWTONLS));
  check(SNESSetKSP(snes, linear.solver()));
  check(SNESSetFunction(snes, nullptr, residual, this));
  check(SNESSetJacobian(snes, linear.matrix(), linear.matrix(), jacobian, this));
  check(SNESSetTolerances(snes, absolute, relative, step, max_iterations, PETSC_DEFAULT));
  check(SNESSetFromOptions(snes));
  const auto code = SNESSolve(snes, nullptr, level);
  petsc::rethrow_pending();
  check(code);
  SNESConvergedReason reason = SNES_CONVERGED_ITERATING;
  check(SNESGetConvergedReason(snes, &reason));
  return reason > 0;
}

void GridNewton::solve(::Vec level, GridSolver kind) {
  scale_ = differences_->row_size(evaluate_(level).coefficient, *time_);
  for (auto& s : scale_) s = s > 0 ? 1 / s : 1;
  petsc::Vec start;
  check(VecDuplicate(level, start.out()));
  check(VecCopy(level, start));
  if (attempt(level, kind)) return;
  if (kind == GridSolver::multigrid) {
    check(VecCopy(start, level));
    if (attempt(level, GridSolver::factorisation)) return;
  }
  throw Error(Status::numerical,
              "grid: Newton's method does not converge (the grid may be too coarse for the solution, or the "
              "start too far away); use more cells, or see what -- -grid_snes_monitor tells");
}

}  // namespace ddpinn
