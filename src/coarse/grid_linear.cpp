// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "coarse/grid_linear.hpp"

#include <cmath>

namespace ddpinn {

using petsc::check;

namespace {

/// Relative residual at which an iteration stops, and above which a solution is none.
constexpr double tolerance = 1e-11, failure = 1e-5;
constexpr PetscInt max_iterations = 100;

void use_multigrid(::KSP solver, ::PC pc) {
  check(KSPSetType(solver, KSPGMRES));
  check(KSPGMRESSetRestart(solver, max_iterations));
  check(KSPSetTolerances(solver, tolerance, PETSC_DEFAULT, PETSC_DEFAULT, max_iterations));
#ifdef PETSC_HAVE_HYPRE
  check(PCSetType(pc, PCHYPRE));
  check(PCHYPRESetType(pc, "boomeramg"));
#else
  check(PCSetType(pc, PCGAMG));
#endif
}

void use_factorisation(::KSP solver, ::PC pc) {
  check(KSPSetType(solver, KSPPREONLY));
  check(PCSetType(pc, PCLU));
  check(PCFactorSetMatSolverType(pc, MATSOLVERMUMPS));
}

}  // namespace

GridLinear::GridLinear(MPI_Comm comm, petsc::Mat matrix, ::DM dm, bool multigrid)
    : comm_(comm), matrix_(std::move(matrix)), dm_(dm) {
  create(multigrid);
}

void GridLinear::create(bool multigrid) {
  multigrid_ = multigrid;
  ::PC pc = nullptr;
  check(KSPCreate(comm_, solver_.out()));
  check(KSPSetOptionsPrefix(solver_, "grid_"));
  check(KSPSetDM(solver_, dm_));
  check(KSPSetDMActive(solver_, PETSC_FALSE));
  check(KSPSetOperators(solver_, matrix_, matrix_));
  check(KSPGetPC(solver_, &pc));
  if (multigrid)
    use_multigrid(solver_, pc);
  else
    use_factorisation(solver_, pc);
  check(KSPSetFromOptions(solver_));
}

void GridLinear::refresh() { check(KSPSetOperators(solver_, matrix_, matrix_)); }

bool GridLinear::attempt(::Vec right, ::Vec solution) {
  check(KSPSolve(solver_, right, solution));
  PetscReal norm = 0, size = 0;
  petsc::Vec residual;
  check(VecDuplicate(right, residual.out()));
  check(MatMult(matrix_, solution, residual));
  check(VecAXPY(residual, -1.0, right));
  check(VecNorm(residual, NORM_2, &norm));
  check(VecNorm(right, NORM_2, &size));
  return std::isfinite(norm) && norm <= failure * size;
}

void GridLinear::solve(::Vec right, ::Vec solution) {
  if (attempt(right, solution)) return;
  if (multigrid_) {
    create(false);
    if (attempt(right, solution)) return;
  }
  throw Error(Status::numerical,
              "grid: the equations of the grid could not be solved (they are singular, or nearly so: a field "
              "that is determined up to a constant needs a condition at a point, and an equation of first "
              "order or a pressure may oscillate from node to node); check that the conditions determine "
              "every field, or choose another solver with -- -grid_pc_type ...");
}

}  // namespace ddpinn
