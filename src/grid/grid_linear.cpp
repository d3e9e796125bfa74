// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "grid/grid_linear.hpp"

#include <cmath>
#include <string_view>

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

/// The ordering that MUMPS takes by itself makes factors three times as large where an anchor fills a column
/// (a cavity's flow on 256 x 256 cells took ten times as long), and is slow where ghosts are in hardly any
/// row. Set on the factor itself instead of among the options, the other one is not heeded in PETSc 3.18.
void order_by_minimum_fill(::PC pc) {
  constexpr const char* ordering = "-grid_mat_mumps_icntl_7";
  PetscBool factorised = PETSC_FALSE, given = PETSC_FALSE;
  check(PetscObjectTypeCompare(reinterpret_cast<PetscObject>(pc), PCLU, &factorised));
  check(PetscOptionsHasName(nullptr, nullptr, ordering, &given));
  if (!factorised || given) return;
  MatSolverType package = nullptr;
  check(PCFactorGetMatSolverType(pc, &package));
  if (std::string_view(package) == MATSOLVERMUMPS) check(PetscOptionsSetValue(nullptr, ordering, "2"));
}

}  // namespace

GridLinear::GridLinear(MPI_Comm comm, petsc::Mat matrix, ::DM dm, GridSolver kind)
    : comm_(comm), matrix_(std::move(matrix)), dm_(dm) {
  create(kind);
}

void GridLinear::create(GridSolver kind) {
  kind_ = kind;
  ::PC pc = nullptr;
  check(KSPCreate(comm_, solver_.out()));
  check(KSPSetOptionsPrefix(solver_, "grid_"));
  check(KSPSetDM(solver_, dm_));
  check(KSPSetDMActive(solver_, PETSC_FALSE));
  check(KSPSetOperators(solver_, matrix_, matrix_));
  check(KSPGetPC(solver_, &pc));
  if (kind == GridSolver::multigrid)
    use_multigrid(solver_, pc);
  else
    use_factorisation(solver_, pc);
  check(KSPSetFromOptions(solver_));
  if (kind == GridSolver::minimum_fill) order_by_minimum_fill(pc);
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
  if (kind_ == GridSolver::multigrid) {
    create(GridSolver::factorisation);
    if (attempt(right, solution)) return;
  }
  throw Error(Status::numerical,
              "grid: the equations of the grid could not be solved (they are singular, or nearly so: a field "
              "that is determined up to a constant needs a condition at a point, and an equation of first "
              "order or a pressure may oscillate from node to node); check that the conditions determine "
              "every field, or choose another solver with -- -grid_pc_type ...");
}

}  // namespace ddpinn
