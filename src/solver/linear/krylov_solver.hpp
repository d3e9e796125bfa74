// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "petsc/handle.hpp"
#include "solver/linear/krylov.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

namespace ddpinn {

/// Where an iteration ends.
struct KrylovLimits {
  double relative = 0, absolute = 0;
  int iterations = 0;
};

/// What the restarts of one solve share, and PETSc's callbacks in it.
struct KrylovContext {
  const Monitor* monitor;
  int nonlinear;
  int before;        ///< iterations of earlier restarts
  double reference;  ///< initial norm
  bool stopped = false;

  // PETSc's own test, where it goes on being asked.
  PetscErrorCode (*standard)(::KSP, PetscInt, PetscReal, KSPConvergedReason*, void*) = nullptr;
  void* standard_context = nullptr;
  PetscErrorCode (*destroy_standard)(void*) = nullptr;

  KrylovContext(const Monitor& m, int n) : monitor(&m), nonlinear(n), before(0), reference(0) {}
  KrylovContext(const KrylovContext&) = delete;
  KrylovContext& operator=(const KrylovContext&) = delete;
  ~KrylovContext() {
    if (destroy_standard) destroy_standard(standard_context);
  }

  /// Whether a signal or the time limit asks to stop. @note Collective.
  KSPConvergedReason stop_or_go_on() {
    stopped = monitor->stop();
    return stopped ? KSP_DIVERGED_BREAKDOWN : KSP_CONVERGED_ITERATING;
  }

  void report(int iteration, double norm) {
    if (reference == 0) reference = norm;
    if (!monitor->iteration || (before > 0 && iteration == 0)) return;
    monitor->iteration({nonlinear, before + iteration, reference > 0 ? norm / reference : 0,
                        std::numeric_limits<double>::quiet_NaN(), monitor->timers->elapsed()});
  }

  /// @note Collective.
  KSPConvergedReason test(int iteration, double norm, const KrylovLimits& limits) {
    if (!std::isfinite(norm)) return KSP_DIVERGED_NANORINF;
    if (norm <= std::max(limits.relative * (reference > 0 ? reference : norm), limits.absolute))
      return KSP_CONVERGED_RTOL;
    return before + iteration >= limits.iterations ? KSP_DIVERGED_ITS : stop_or_go_on();
  }
};

/// PETSc's iteration for a problem; GMRES where the operator is not symmetric. It refers to all of these.
petsc::Ksp create_solver(const JacobianOperator&, const Preconditioner&, const SolverOptions&, ::Mat,
                         KrylovContext&);

/// In words for users.
std::string explain(KSPConvergedReason, double residual, const SolverOptions&, int iterations);

/// Of the preconditioned operator, from the Lanczos process that an iteration with "cg" is; 1 where another
/// did nothing of the kind.
double condition(::KSP);

/// Whether PETSc is given options about the Krylov iteration, so that its own has to be the one.
bool has_krylov_options();

}  // namespace ddpinn
