// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/linear/krylov_solver.hpp"

#include "petsc/callback.hpp"

#include <fmt/format.h>
#include <string_view>

namespace ddpinn {

using petsc::check;

namespace {

PetscErrorCode report(::KSP, PetscInt iteration, PetscReal norm, void* raw) {
  return petsc::guarded([&] { static_cast<KrylovContext*>(raw)->report(static_cast<int>(iteration), norm); });
}

PetscErrorCode test(::KSP ksp, PetscInt iteration, PetscReal norm, KSPConvergedReason* reason, void* raw) {
  KrylovLimits limits;
  PetscInt most = 0;
  KSPGetTolerances(ksp, &limits.relative, &limits.absolute, nullptr, &most);
  limits.iterations = static_cast<int>(most);
  *reason = KSP_CONVERGED_ITERATING;
  return petsc::guarded(
      [&] { *reason = static_cast<KrylovContext*>(raw)->test(static_cast<int>(iteration), norm, limits); });
}

PetscErrorCode test_lsqr(::KSP ksp, PetscInt iteration, PetscReal norm, KSPConvergedReason* reason,
                         void* raw) {
  auto& context = *static_cast<KrylovContext*>(raw);
  const auto code = context.standard(ksp, iteration, norm, reason, context.standard_context);
  if (code != 0 || *reason != KSP_CONVERGED_ITERATING) return code;
  return petsc::guarded([&] { *reason = context.stop_or_go_on(); });
}

/// The iteration that the case asks for, before PETSc's options; GMRES where the operator is not symmetric.
petsc::Ksp standard_solver(const Communicator& comm, const SolverOptions& options, bool symmetric) {
  constexpr int kept_vectors = 200;
  petsc::Ksp ksp;
  check(KSPCreate(comm.get(), ksp.out()));
  const bool lsqr = options.krylov.type == KrylovType::lsqr;
  check(KSPSetType(ksp, !symmetric ? KSPGMRES : lsqr ? KSPLSQR : KSPCG));
  if (!symmetric) check(KSPGMRESSetRestart(ksp, kept_vectors));
  if (!lsqr && symmetric) check(KSPSetNormType(ksp, KSP_NORM_NATURAL));
  check(
      KSPSetTolerances(ksp, options.tolerance, PETSC_DEFAULT, PETSC_DEFAULT, options.max_krylov_iterations));
  return ksp;
}

}  // namespace

petsc::Ksp create_solver(const JacobianOperator& jacobian, const Preconditioner& preconditioner,
                         const SolverOptions& options, ::Mat matrix, KrylovContext& context) {
  const bool symmetric = jacobian.is_symmetric();
  auto ksp = standard_solver(jacobian.communicator(), options, symmetric);
  const bool lsqr = options.krylov.type == KrylovType::lsqr;
  check(KSPSetOperators(ksp, matrix, preconditioner.matrix()));
  ::PC pc = nullptr;
  check(KSPGetPC(ksp, &pc));
  preconditioner.attach(pc);
  check(KSPMonitorSet(ksp, report, &context, nullptr));
  if (lsqr)
    check(KSPGetAndClearConvergenceTest(ksp, &context.standard, &context.standard_context,
                                        &context.destroy_standard));
  check(KSPSetConvergenceTest(ksp, lsqr ? test_lsqr : test, &context, nullptr));
  if (!lsqr && symmetric) check(KSPSetComputeSingularValues(ksp, PETSC_TRUE));
  check(KSPSetFromOptions(ksp));
  return ksp;
}

std::string explain(KSPConvergedReason reason, double residual, const SolverOptions& options,
                    int iterations) {
  if (reason > 0)
    return fmt::format("relative residual {:.2e} <= tolerance {:.2e}", residual, options.tolerance);
  if (reason == KSP_DIVERGED_ITS)
    return fmt::format(
        "{} Krylov iterations reached at relative residual {:.2e} (tolerance {:.2e}); see whether the "
        "conditions make the solution unique, allow more by solver.krylov.max_iterations, or use "
        "solver.krylov.preconditioner = \"direct\"",
        iterations, residual, options.tolerance);
  if (reason == KSP_DIVERGED_NANORINF) return "the Krylov iteration produced NaN or Inf";
  if (reason == KSP_DIVERGED_INDEFINITE_MAT || reason == KSP_DIVERGED_INDEFINITE_PC)
    return fmt::format(
        "the Krylov iteration stopped at relative residual {:.2e}, for the problem is singular to rounding "
        "({}); see whether the conditions make the solution unique (derivatives alone leave a constant "
        "free), or raise solver.krylov.compression",
        residual, KSPConvergedReasons[reason]);
  return fmt::format("the Krylov iteration stopped: {}", KSPConvergedReasons[reason]);
}

double condition(::KSP ksp) {
  PetscBool computed = PETSC_FALSE;
  check(KSPGetComputeSingularValues(ksp, &computed));
  PetscReal largest = 0, smallest = 0;
  if (computed) check(KSPComputeExtremeSingularValues(ksp, &largest, &smallest));
  return smallest > 0 ? largest / smallest : 1;
}

bool has_krylov_options() {
  char* all = nullptr;
  check(PetscOptionsGetAll(nullptr, &all));
  const bool found = std::string_view(all).find("-ksp_") != std::string_view::npos;
  check(PetscFree(all));
  return found;
}

void try_krylov_options(const Communicator& comm, const SolverOptions& options) {
  const auto ksp = standard_solver(comm, options, true);
  petsc::Mat shell;
  check(MatCreateShell(comm.get(), 1, 1, PETSC_DETERMINE, PETSC_DETERMINE, nullptr, shell.out()));
  check(KSPSetOperators(ksp, shell, shell));
  ::PC pc = nullptr;
  check(KSPGetPC(ksp, &pc));
  check(PCSetType(pc, PCSHELL));
  check(KSPSetFromOptions(ksp));
  check(KSPSetUp(ksp));
}

}  // namespace ddpinn
