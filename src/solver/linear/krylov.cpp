// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/linear/krylov.hpp"

#include "petsc/callback.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <limits>

namespace ddpinn {

using petsc::check;

namespace {

/// What PETSc's callbacks of one solve share.
struct Context {
  const Monitor* monitor;
  int nonlinear;
  int before;        ///< iterations of earlier restarts
  double reference;  ///< initial norm
  bool stopped = false;

  // PETSc's own test, where it goes on being asked.
  PetscErrorCode (*standard)(::KSP, PetscInt, PetscReal, KSPConvergedReason*, void*) = nullptr;
  void* standard_context = nullptr;
  PetscErrorCode (*destroy_standard)(void*) = nullptr;

  Context(const Monitor& m, int n) : monitor(&m), nonlinear(n), before(0), reference(0) {}
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
  ~Context() {
    if (destroy_standard) destroy_standard(standard_context);
  }

  /// Whether a signal or the time limit asks to stop. @note Collective.
  KSPConvergedReason stop_or_go_on() {
    stopped = monitor->stop();
    return stopped ? KSP_DIVERGED_BREAKDOWN : KSP_CONVERGED_ITERATING;
  }
};

PetscErrorCode report(::KSP, PetscInt iteration, PetscReal norm, void* raw) {
  return petsc::guarded([&] {
    auto& context = *static_cast<Context*>(raw);
    if (context.reference == 0) context.reference = norm;
    if (!context.monitor->iteration || (context.before > 0 && iteration == 0)) return;
    context.monitor->iteration({context.nonlinear, context.before + static_cast<int>(iteration),
                                context.reference > 0 ? norm / context.reference : 0,
                                std::numeric_limits<double>::quiet_NaN(),
                                context.monitor->timers->elapsed()});
  });
}

PetscErrorCode test(::KSP ksp, PetscInt iteration, PetscReal norm, KSPConvergedReason* reason, void* raw) {
  auto& context = *static_cast<Context*>(raw);
  PetscReal relative = 0, absolute = 0;
  PetscInt limit = 0;
  KSPGetTolerances(ksp, &relative, &absolute, nullptr, &limit);
  *reason = KSP_CONVERGED_ITERATING;
  return petsc::guarded([&] {
    if (!std::isfinite(norm))
      *reason = KSP_DIVERGED_NANORINF;
    else if (norm <= std::max(relative * (context.reference > 0 ? context.reference : norm), absolute))
      *reason = KSP_CONVERGED_RTOL;
    else if (context.before + iteration >= limit)
      *reason = KSP_DIVERGED_ITS;
    else
      *reason = context.stop_or_go_on();
  });
}

PetscErrorCode test_lsqr(::KSP ksp, PetscInt iteration, PetscReal norm, KSPConvergedReason* reason,
                         void* raw) {
  auto& context = *static_cast<Context*>(raw);
  const auto code = context.standard(ksp, iteration, norm, reason, context.standard_context);
  if (code != 0 || *reason != KSP_CONVERGED_ITERATING) return code;
  return petsc::guarded([&] { *reason = context.stop_or_go_on(); });
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

petsc::Ksp create_solver(const JacobianOperator& jacobian, const Preconditioner& preconditioner,
                         const SolverOptions& options, ::Mat matrix, Context& context) {
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

/// From the Lanczos process that an iteration with "cg" is; 1 where another did nothing of the kind.
double condition(::KSP ksp) {
  PetscBool computed = PETSC_FALSE;
  check(KSPGetComputeSingularValues(ksp, &computed));
  PetscReal largest = 0, smallest = 0;
  if (computed) check(KSPComputeExtremeSingularValues(ksp, &largest, &smallest));
  return smallest > 0 ? largest / smallest : 1;
}

void run(::KSP ksp, ::Vec right, ::Vec solution) {
  const auto code = KSPSolve(ksp, right, solution);
  petsc::rethrow_pending();
  check(code);
}

}  // namespace

KrylovResult solve_least_squares(const JacobianOperator& jacobian, const Preconditioner& preconditioner,
                                 const SolverOptions& options, const std::vector<double>& r, ::Vec y,
                                 const Monitor& monitor, int nonlinear, ::Vec gradient) {
  petsc::Mat own;
  if (options.krylov.type == KrylovType::lsqr)
    own = jacobian.rectangular();
  else if (jacobian.is_linearised_anew() || jacobian.has_form())
    own = jacobian.normal();
  Context context(monitor, nonlinear);
  const auto ksp =
      create_solver(jacobian, preconditioner, options, own ? own.get() : preconditioner.matrix(), context);
  PetscBool lsqr = PETSC_FALSE;
  check(PetscObjectTypeCompare(reinterpret_cast<PetscObject>(ksp.get()), KSPLSQR, &lsqr));
  auto right = lsqr ? jacobian.create_rows() : jacobian.create_unknowns();
  auto correction = jacobian.create_unknowns();
  check(VecZeroEntries(y));
  std::vector<double> remainder = r;
  KrylovResult result;
  KSPConvergedReason reason = KSP_CONVERGED_ITERATING;
  constexpr int most_restarts = 3;
  for (int restart = 0; restart <= most_restarts; ++restart) {
    if (lsqr)
      std::ranges::copy(remainder, petsc::LocalArray(right).get().begin());
    else
      jacobian.multiply_transposed(remainder, right);
    if (gradient) check(VecAXPY(right, 1, gradient));
    check(VecScale(right, -1));
    run(ksp, right, correction);
    PetscInt iterations = 0;
    PetscReal norm = 0;
    check(KSPGetIterationNumber(ksp, &iterations));
    check(KSPGetResidualNorm(ksp, &norm));
    check(KSPGetConvergedReason(ksp, &reason));
    if (restart == 0) result.condition = condition(ksp);
    result.iterations = context.before += static_cast<int>(iterations);
    result.residual = context.reference > 0 ? norm / context.reference : 0;
    if (!lsqr) result.error = norm;
    check(VecAXPY(y, 1, correction));
    if (lsqr || reason < 0 || iterations == 0) break;
    jacobian.multiply(y, remainder);
    for (std::size_t i = 0; i < r.size(); ++i) remainder[i] += r[i];
  }
  result.converged = reason > 0;
  result.indefinite = reason == KSP_DIVERGED_INDEFINITE_MAT;
  result.reason = context.stopped
                      ? fmt::format(
                            "a signal or the time limit, after {} Krylov iterations at relative residual "
                            "{:.2e}",
                            result.iterations, result.residual)
                      : explain(reason, result.residual, options, result.iterations);
  return result;
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
