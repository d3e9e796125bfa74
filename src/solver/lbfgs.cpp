// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/lbfgs.hpp"

#include "petsc/callback.hpp"
#include "solver/trained_objective.hpp"

#include <fmt/format.h>
#include <cmath>

namespace ddpinn {

using petsc::check;

namespace {

/// What TAO's callbacks share.
struct Context {
  TrainableField& field;
  const Monitor& monitor;
  double initial = 0;  ///< norm of the first gradient
  bool stopped = false;
};

PetscErrorCode evaluate(::Tao, ::Vec parameters, PetscReal* objective, ::Vec gradient, void* raw) {
  return petsc::guarded([&] {
    auto& [field, monitor, initial, stopped] = *static_cast<Context*>(raw);
    const auto linear = linearise(field, parameters);
    *objective = square_sum(field.communicator(), linear.residual) / 2;
    field.gradient(linear, gradient);
  });
}

PetscErrorCode report(::Tao tao, void* raw) {
  return petsc::guarded([&] {
    auto& [field, monitor, initial, stopped] = *static_cast<Context*>(raw);
    PetscInt iteration = 0;
    PetscReal objective = 0, norm = 0;
    check(TaoGetSolutionStatus(tao, &iteration, &objective, &norm, nullptr, nullptr, nullptr));
    if (iteration == 0) initial = norm;
    if (monitor.iteration)
      monitor.iteration({static_cast<int>(iteration), 0, initial > 0 ? norm / initial : 0, objective,
                         monitor.timers->elapsed()});
    stopped = monitor.stop();
    if (stopped) check(TaoSetConvergedReason(tao, TAO_DIVERGED_USER));
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

TrainingOutcome train_by_lbfgs(TrainableField& field, const SolverOptions& options, const Monitor& monitor,
                               ::Vec parameters) {
  const auto timed = start_phase(monitor, "lbfgs");
  petsc::TaoSolver tao;
  check(TaoCreate(field.communicator().get(), tao.out()));
  check(TaoSetType(tao, TAOLMVM));
  Context context{field, monitor};
  check(TaoSetObjectiveAndGradient(tao, nullptr, evaluate, &context));
  check(TaoSetMonitor(tao, report, &context, nullptr));
  check(TaoSetTolerances(tao, 0, 0, options.tolerance));
  check(TaoSetMaximumIterations(tao, options.max_iterations));
  check(TaoSetMaximumFunctionEvaluations(tao, -1));
  check(TaoSetSolution(tao, parameters));
  check(TaoSetFromOptions(tao));
  const auto code = TaoSolve(tao);
  petsc::rethrow_pending();
  check(code);
  TaoConvergedReason reason = TAO_CONTINUE_ITERATING;
  PetscInt iterations = 0;
  PetscReal norm = 0;
  check(TaoGetSolutionStatus(tao, &iterations, nullptr, &norm, nullptr, nullptr, &reason));
  const int count = static_cast<int>(iterations);
  return {reason > 0 || reason == TAO_DIVERGED_MAXITS,
          explain(reason, count, context.initial > 0 ? norm / context.initial : 0, options.tolerance), count,
          0};
}

}  // namespace ddpinn
