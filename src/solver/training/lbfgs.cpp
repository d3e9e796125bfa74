// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/training/lbfgs.hpp"

#include "petsc/callback.hpp"

#include <fmt/format.h>
#include <cmath>

namespace ddpinn {

using petsc::check;

namespace {

/// What TAO's callbacks share.
struct Context {
  const Minimisation& problem;
  double initial = 0;  ///< norm of the first gradient
};

PetscErrorCode evaluate(::Tao, ::Vec x, PetscReal* value, ::Vec gradient, void* raw) {
  return petsc::guarded([&] { *value = static_cast<Context*>(raw)->problem.evaluate(x, gradient); });
}

PetscErrorCode report(::Tao tao, void* raw) {
  return petsc::guarded([&] {
    auto& [problem, initial] = *static_cast<Context*>(raw);
    PetscInt iteration = 0;
    PetscReal value = 0, norm = 0;
    check(TaoGetSolutionStatus(tao, &iteration, &value, &norm, nullptr, nullptr, nullptr));
    if (iteration == 0 && problem.before > 0) return;  // it was told as the last one of those before
    if (iteration == 0) initial = norm;
    const int number = problem.before + static_cast<int>(iteration);
    if (problem.report && !problem.report(number, value, initial > 0 ? norm / initial : 0))
      check(TaoSetConvergedReason(tao, TAO_DIVERGED_USER));
  });
}

std::string explain(TaoConvergedReason reason, int iterations, double norm, double tolerance) {
  if (reason > 0)
    return fmt::format("relative norm of the gradient {:.2e} <= tolerance {:.2e}", norm, tolerance);
  if (reason == TAO_DIVERGED_MAXITS)
    return fmt::format("{} iterations of L-BFGS taken (solver.max_iterations)", iterations);
  if (reason == TAO_DIVERGED_USER)
    return fmt::format("a signal or the time limit, after {} iterations", iterations);
  if (reason == TAO_DIVERGED_LS_FAILURE) return "the line search found no better parameters";
  return fmt::format("L-BFGS stopped: {}", TaoConvergedReasons[reason]);
}

}  // namespace

MinimisationResult minimise_by_lbfgs(const Communicator& comm, const Minimisation& problem, ::Vec x) {
  petsc::TaoSolver tao;
  check(TaoCreate(comm.get(), tao.out()));
  check(TaoSetType(tao, TAOLMVM));
  Context context{problem, problem.first};
  check(TaoSetObjectiveAndGradient(tao, nullptr, evaluate, &context));
  check(TaoSetMonitor(tao, report, &context, nullptr));
  if (problem.first > 0)
    check(TaoSetTolerances(tao, problem.tolerance * problem.first, 0, 0));
  else
    check(TaoSetTolerances(tao, 0, 0, problem.tolerance));
  check(TaoSetMaximumIterations(tao, problem.max_iterations));
  check(TaoSetMaximumFunctionEvaluations(tao, -1));
  check(TaoSetSolution(tao, x));
  check(TaoSetFromOptions(tao));
  const auto code = TaoSolve(tao);
  petsc::rethrow_pending();
  check(code);
  TaoConvergedReason reason = TAO_CONTINUE_ITERATING;
  PetscInt iterations = 0;
  PetscReal norm = 0;
  check(TaoGetSolutionStatus(tao, &iterations, nullptr, &norm, nullptr, nullptr, &reason));
  const int count = problem.before + static_cast<int>(iterations);
  return {reason > 0 || reason == TAO_DIVERGED_MAXITS,
          explain(reason, count, context.initial > 0 ? norm / context.initial : 0, problem.tolerance), count,
          context.initial, reason == TAO_DIVERGED_MAXITS};
}

}  // namespace ddpinn
