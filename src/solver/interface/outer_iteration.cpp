// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/interface/outer_iteration.hpp"

#include "parallel/square_sum.hpp"
#include "petsc/callback.hpp"
#include "petsc/handle.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace ddpinn {

using petsc::check;

namespace {

/// Growth of the change by which an iteration is taken to diverge.
constexpr double divergence = 1e5;
constexpr const char* remedy =
    "try decomposition.interface.acceleration = \"krylov\", transmission = \"robin\", a larger "
    "decomposition.overlap or a [coarse] grid, or use coupling = \"windowed\"";

class OuterIteration {
 public:
  OuterIteration(const Communicator& comm, InterfaceLayer& layer, double tolerance, int max_iterations,
                 const Monitor& monitor, int nonlinear, int before)
      : comm_(comm),
        layer_(layer),
        tolerance_(tolerance),
        most_(max_iterations),
        monitor_(monitor),
        nonlinear_(nonlinear),
        before_(before) {}

  OuterResult run(Acceleration acceleration, std::vector<double>& y) {
    first_.resize(layer_.unknowns());
    layer_.apply(std::vector<double>(first_.size(), 0.0), first_, false);
    scale_ = norm(first_);
    record(1);
    result_.reason = "nothing changes";
    if (scale_ == 0) {
      y.assign(first_.size(), 0.0);
      result_.converged = true;
      return result_;
    }
    last_ = acceleration == Acceleration::none ? 0 : 1;
    if (acceleration == Acceleration::krylov)
      krylov(y);
    else if (acceleration == Acceleration::anderson)
      anderson(y);
    else
      plain(y);
    return result_;
  }

  /// Tells of an iteration that left this relative change. @returns whether to go on @note Collective.
  bool record(double change) {
    result_.change = change;
    ++result_.iterations;
    if (monitor_.iteration)
      monitor_.iteration({nonlinear_, before_ + result_.iterations, change,
                          std::numeric_limits<double>::quiet_NaN(), monitor_.timers->elapsed()});
    if (change <= tolerance_) {
      result_.converged = true;
      result_.reason = fmt::format("relative change {:.2e} <= tolerance {:.2e}", change, tolerance_);
      return false;
    }
    if (!(change <= divergence)) {
      result_.reason = fmt::format(
          "interface iteration diverges: the relative change is {:.1e} after {} outer "
          "iterations; {}",
          change, result_.iterations, remedy);
      return false;
    }
    if (result_.iterations >= most_ - last_) {
      result_.reason =
          fmt::format("{} outer iterations reached (solver.krylov.max_iterations) at relative change {:.2e}",
                      most_, change);
      return false;
    }
    result_.stopped = monitor_.stop();
    if (result_.stopped)
      result_.reason =
          fmt::format("a signal or the time limit, after {} outer iterations at relative change {:.2e}",
                      result_.iterations, change);
    return !result_.stopped;
  }

  double scale() const { return scale_; }

  void multiply(::Vec x, ::Vec y) {  // y = x - F' x
    const petsc::ConstLocalArray from(x);
    const petsc::LocalArray to(y);
    layer_.apply(from.get(), to.get(), true);
    for (std::size_t i = 0; i < to.get().size(); ++i) to.get()[i] = from.get()[i] - to.get()[i];
  }

  void difference(::Vec x, ::Vec y) {  // y = x - F(x)
    const petsc::ConstLocalArray from(x);
    const petsc::LocalArray to(y);
    layer_.apply(from.get(), to.get(), false);
    for (std::size_t i = 0; i < to.get().size(); ++i) to.get()[i] = from.get()[i] - to.get()[i];
  }

 private:
  double norm(const std::vector<double>& values) const { return std::sqrt(square_sum(comm_, values)); }

  petsc::Vec create() const {
    petsc::Vec vector;
    check(VecCreateMPI(comm_.get(), layer_.unknowns(), PETSC_DETERMINE, vector.out()));
    return vector;
  }

  void plain(std::vector<double>& y) {
    y = std::move(first_);
    std::vector<double> next(y.size());
    for (double change = 1; record(change);) {
      layer_.apply(y, next, false);
      for (std::size_t i = 0; i < y.size(); ++i) y[i] = next[i] - y[i];
      change = norm(y) / scale_;
      y.swap(next);
    }
  }

  /// One more local solve from the accelerated solution.
  void finish(::Vec x, std::vector<double>& y) {
    y.resize(layer_.unknowns());
    layer_.apply(petsc::ConstLocalArray(x).get(), y, false);
    ++result_.iterations;
  }

  void krylov(std::vector<double>& y);
  void anderson(std::vector<double>& y);

  const Communicator& comm_;
  InterfaceLayer& layer_;
  double tolerance_;
  int most_;
  const Monitor& monitor_;
  int nonlinear_, before_;
  std::vector<double> first_;  ///< F(0)
  double scale_ = 0;
  int last_ = 0;  ///< iterations that `finish` takes
  OuterResult result_;
};

PetscErrorCode multiply_shell(::Mat mat, ::Vec x, ::Vec y) {
  return petsc::guarded([&] {
    void* context = nullptr;
    check(MatShellGetContext(mat, &context));
    static_cast<OuterIteration*>(context)->multiply(x, y);
  });
}

PetscErrorCode evaluate_difference(::SNES, ::Vec x, ::Vec y, void* context) {
  return petsc::guarded([&] { static_cast<OuterIteration*>(context)->difference(x, y); });
}

PetscErrorCode test_krylov(::KSP, PetscInt iteration, PetscReal norm, KSPConvergedReason* reason,
                           void* context) {
  *reason = KSP_CONVERGED_ITERATING;
  return petsc::guarded([&] {
    if (iteration == 0) return;
    auto& outer = *static_cast<OuterIteration*>(context);
    if (!outer.record(norm / outer.scale())) *reason = KSP_CONVERGED_RTOL;
  });
}

PetscErrorCode test_anderson(::SNES, PetscInt iteration, PetscReal, PetscReal, PetscReal norm,
                             SNESConvergedReason* reason, void* context) {
  *reason = SNES_CONVERGED_ITERATING;
  return petsc::guarded([&] {
    if (iteration == 0) return;
    auto& outer = *static_cast<OuterIteration*>(context);
    if (!outer.record(norm / outer.scale())) *reason = SNES_CONVERGED_FNORM_RELATIVE;
  });
}

void OuterIteration::krylov(std::vector<double>& y) {
  constexpr PetscInt most_restart = 200;
  const PetscInt n = layer_.unknowns();
  petsc::Mat mat;
  check(MatCreateShell(comm_.get(), n, n, PETSC_DETERMINE, PETSC_DETERMINE, this, mat.out()));
  check(MatShellSetOperation(mat, MATOP_MULT, reinterpret_cast<void (*)()>(multiply_shell)));
  const auto right = create(), x = create();
  std::ranges::copy(first_, petsc::LocalArray(right).get().begin());
  first_ = {};  // of many unknowns, vectors are what memory is needed for
  petsc::Ksp ksp;
  check(KSPCreate(comm_.get(), ksp.out()));
  check(KSPSetOptionsPrefix(ksp, "interface_"));
  check(KSPSetType(ksp, KSPGMRES));
  check(KSPGMRESSetRestart(ksp, std::min<PetscInt>(most_, most_restart)));
  // Classical Gram-Schmidt once loses the orthogonality that tolerances below 1e-8 need.
  check(KSPGMRESSetCGSRefinementType(ksp, KSP_GMRES_CGS_REFINE_ALWAYS));
  check(KSPSetOperators(ksp, mat, mat));
  ::PC pc = nullptr;
  check(KSPGetPC(ksp, &pc));
  check(PCSetType(pc, PCNONE));
  check(KSPSetTolerances(ksp, tolerance_, PETSC_DEFAULT, PETSC_DEFAULT, most_));
  check(KSPSetConvergenceTest(ksp, test_krylov, this, nullptr));
  check(KSPSetFromOptions(ksp));
  const auto code = KSPSolve(ksp, right, x);
  petsc::rethrow_pending();
  check(code);
  finish(x, y);
}

void OuterIteration::anderson(std::vector<double>& y) {
  const auto x = create(), f = create();
  std::ranges::copy(first_, petsc::LocalArray(x).get().begin());
  petsc::Snes snes;
  check(SNESCreate(comm_.get(), snes.out()));
  check(SNESSetOptionsPrefix(snes, "interface_"));
  check(SNESSetType(snes, SNESANDERSON));
  check(SNESSetFunction(snes, f, evaluate_difference, this));
  check(SNESSetTolerances(snes, PETSC_DEFAULT, PETSC_DEFAULT, PETSC_DEFAULT, most_, 2 * most_));
  check(SNESSetConvergenceTest(snes, test_anderson, this, nullptr));
  check(SNESSetFromOptions(snes));
  const auto code = SNESSolve(snes, nullptr, x);
  petsc::rethrow_pending();
  check(code);
  finish(x, y);
}

}  // namespace

OuterResult solve_outer(const Communicator& comm, InterfaceLayer& layer, Acceleration acceleration,
                        double tolerance, int max_iterations, const Monitor& monitor, int nonlinear,
                        int before, std::vector<double>& y) {
  return OuterIteration(comm, layer, tolerance, max_iterations, monitor, nonlinear, before)
      .run(acceleration, y);
}

}  // namespace ddpinn
