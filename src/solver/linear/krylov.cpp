// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/linear/krylov.hpp"

#include "parallel/agree.hpp"
#include "petsc/callback.hpp"
#include "solver/linear/conjugate_gradients.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <string_view>

namespace ddpinn {

using petsc::check;

namespace {

/// Where an iteration ends.
struct Limits {
  double relative = 0, absolute = 0;
  int iterations = 0;
};

/// What the restarts of one solve share, and PETSc's callbacks in it.
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

  void report(int iteration, double norm) {
    if (reference == 0) reference = norm;
    if (!monitor->iteration || (before > 0 && iteration == 0)) return;
    monitor->iteration({nonlinear, before + iteration, reference > 0 ? norm / reference : 0,
                        std::numeric_limits<double>::quiet_NaN(), monitor->timers->elapsed()});
  }

  /// @note Collective.
  KSPConvergedReason test(int iteration, double norm, const Limits& limits) {
    if (!std::isfinite(norm)) return KSP_DIVERGED_NANORINF;
    if (norm <= std::max(limits.relative * (reference > 0 ? reference : norm), limits.absolute))
      return KSP_CONVERGED_RTOL;
    return before + iteration >= limits.iterations ? KSP_DIVERGED_ITS : stop_or_go_on();
  }
};

PetscErrorCode report(::KSP, PetscInt iteration, PetscReal norm, void* raw) {
  return petsc::guarded([&] { static_cast<Context*>(raw)->report(static_cast<int>(iteration), norm); });
}

PetscErrorCode test(::KSP ksp, PetscInt iteration, PetscReal norm, KSPConvergedReason* reason, void* raw) {
  Limits limits;
  PetscInt most = 0;
  KSPGetTolerances(ksp, &limits.relative, &limits.absolute, nullptr, &most);
  limits.iterations = static_cast<int>(most);
  *reason = KSP_CONVERGED_ITERATING;
  return petsc::guarded(
      [&] { *reason = static_cast<Context*>(raw)->test(static_cast<int>(iteration), norm, limits); });
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

/// Whether PETSc is given options about the Krylov iteration, so that its own has to be the one.
bool has_krylov_options() {
  char* all = nullptr;
  check(PetscOptionsGetAll(nullptr, &all));
  const bool found = std::string_view(all).find("-ksp_") != std::string_view::npos;
  check(PetscFree(all));
  return found;
}

/// One least-squares problem: an iteration, and its restarts from the true residual.
class LeastSquares {
 public:
  LeastSquares(const JacobianOperator& jacobian, const Preconditioner& preconditioner,
               const SolverOptions& options, const std::vector<double>& r, ::Vec y, const Monitor& monitor,
               int nonlinear, ::Vec gradient, const std::string& name)
      : jacobian_(jacobian),
        options_(options),
        r_(r),
        y_(y),
        gradient_(gradient),
        journal_(journal_of(monitor)),
        name_(name),
        context_(monitor, nonlinear) {
    if (options.krylov.type == KrylovType::lsqr)
      own_ = jacobian.rectangular();
    else if (jacobian.is_linearised_anew() || jacobian.has_form())
      own_ = jacobian.normal();
    const auto matrix = own_ ? own_.get() : preconditioner.matrix();
    if (options.krylov.type == KrylovType::cg && jacobian.is_symmetric() && !has_krylov_options()) {
      cg_.emplace(matrix, preconditioner, y);
      return;
    }
    ksp_ = create_solver(jacobian, preconditioner, options, matrix, context_);
    check(PetscObjectTypeCompare(reinterpret_cast<PetscObject>(ksp_.get()), KSPLSQR, &lsqr_));
    correction_ = jacobian.create_unknowns();
  }

  KrylovResult solve();

 private:
  /// What an iteration ended with.
  struct End {
    KSPConvergedReason reason;
    int iterations;
    double norm;
  };

  int rank() const { return jacobian_.communicator().rank(); }
  petsc::Vec right_hand_side() const;
  End iterate(::Vec right);
  End step_by_step(::Vec right);
  void finish();

  const Record* record();
  Record record_of_state(int iteration) const;
  void go_on_from(const Record&);
  void put_result() const;
  void take_result(const Record&);

  const JacobianOperator& jacobian_;
  const SolverOptions& options_;
  const std::vector<double>& r_;
  ::Vec y_, gradient_;
  Journal& journal_;
  const std::string& name_;
  Context context_;
  petsc::Mat own_;
  std::optional<ConjugateGradients> cg_;
  petsc::Ksp ksp_;
  petsc::Vec correction_;
  PetscBool lsqr_ = PETSC_FALSE;
  int restart_ = 0;
  int taken_ = -1;  ///< steps of the present iteration that a checkpoint had; -1: it begins
  KSPConvergedReason reason_ = KSP_CONVERGED_ITERATING;
  KrylovResult result_;
};

/// Minus the gradient at y, or for "lsqr" minus the residual.
petsc::Vec LeastSquares::right_hand_side() const {
  auto remainder = r_;
  if (restart_ > 0) {
    jacobian_.multiply(y_, remainder);
    for (std::size_t i = 0; i < r_.size(); ++i) remainder[i] += r_[i];
  }
  auto right = lsqr_ ? jacobian_.create_rows() : jacobian_.create_unknowns();
  if (lsqr_)
    std::ranges::copy(remainder, petsc::LocalArray(right).get().begin());
  else
    jacobian_.multiply_transposed(remainder, right);
  if (gradient_) check(VecAXPY(right, 1, gradient_));
  check(VecScale(right, -1));
  return right;
}

LeastSquares::End LeastSquares::iterate(::Vec right) {
  if (cg_) return step_by_step(right);
  const auto code = KSPSolve(ksp_, right, correction_);
  petsc::rethrow_pending();
  check(code);
  PetscInt iterations = 0;
  End end{};
  check(KSPGetIterationNumber(ksp_, &iterations));
  check(KSPGetResidualNorm(ksp_, &end.norm));
  check(KSPGetConvergedReason(ksp_, &end.reason));
  end.iterations = static_cast<int>(iterations);
  return end;
}

/// By our own iteration, whose state is in the journal.
LeastSquares::End LeastSquares::step_by_step(::Vec right) {
  const Limits limits{options_.tolerance, 1e-50, options_.max_krylov_iterations};
  End end{KSP_CONVERGED_ITERATING, std::max(0, taken_), 0};
  const auto test = [&] {
    const bool open = journal_.is_open();
    context_.report(end.iterations, cg_->norm());
    end.reason = context_.test(end.iterations, cg_->norm(), limits);
    if (context_.stopped && open && !journal_.is_open() && !name_.empty())
      journal_.put_last(name_, record_of_state(end.iterations));
  };
  if (taken_ < 0) {
    cg_->begin(right);
    test();
  }
  taken_ = -1;
  while (end.reason == KSP_CONVERGED_ITERATING) {
    if (!name_.empty())
      journal_.offer(name_, Journal::Kept::when_due, [&] { return record_of_state(end.iterations); });
    ++end.iterations;
    end.reason = cg_->step();
    if (end.reason == KSP_CONVERGED_ITERATING) test();
  }
  end.norm = cg_->norm();
  return end;
}

KrylovResult LeastSquares::solve() {
  constexpr int most_restarts = 3;
  check(VecZeroEntries(y_));
  if (const auto* found = record()) {
    if (found->numbers.contains("result")) {
      take_result(*found);
      return result_;
    }
    go_on_from(*found);
  }
  for (; restart_ <= most_restarts; ++restart_) {
    const auto right = taken_ < 0 ? right_hand_side() : petsc::Vec();
    const auto end = iterate(right);
    reason_ = end.reason;
    if (restart_ == 0) result_.condition = cg_ ? cg_->condition() : condition(ksp_);
    result_.iterations = context_.before += end.iterations;
    result_.residual = context_.reference > 0 ? end.norm / context_.reference : 0;
    if (!lsqr_) result_.error = end.norm;
    check(VecAXPY(y_, 1, cg_ ? cg_->solution() : correction_.get()));
    if (lsqr_ || reason_ < 0 || end.iterations == 0) break;
  }
  finish();
  return result_;
}

void LeastSquares::finish() {
  result_.converged = reason_ > 0;
  result_.indefinite = reason_ == KSP_DIVERGED_INDEFINITE_MAT;
  result_.reason = context_.stopped
                       ? fmt::format(
                             "a signal or the time limit, after {} Krylov iterations at relative residual "
                             "{:.2e}",
                             result_.iterations, result_.residual)
                       : explain(reason_, result_.residual, options_, result_.iterations);
  if (!name_.empty() && !context_.stopped && journal_.is_kept()) put_result();
}

/// That of this solve; null where there is none, or where it is of other ranks, whose unknowns may be others.
const Record* LeastSquares::record() {
  if (name_.empty() || !cg_) return nullptr;
  const auto* found = journal_.take(name_);
  if (!found || found->number("ranks") != jacobian_.communicator().size()) return nullptr;
  const auto& own = found->blocks.at("y");
  const auto here = own.find(rank());
  const bool fits = here != own.end() && here->second.size() == petsc::ConstLocalArray(y_).get().size();
  return any(jacobian_.communicator(), !fits) ? nullptr : found;
}

Record LeastSquares::record_of_state(int iteration) const {
  Record record;
  record.numbers["ranks"] = as_numbers(jacobian_.communicator().size());
  record.numbers["state"] =
      as_numbers(restart_, iteration, context_.before, context_.reference, result_.condition);
  const petsc::ConstLocalArray y(y_);
  record.blocks["y"][rank()] = {y.get().begin(), y.get().end()};
  cg_->put(record, rank());
  return record;
}

void LeastSquares::go_on_from(const Record& record) {
  const auto& state = record.numbers.at("state");
  restart_ = static_cast<int>(state.at(0));
  taken_ = static_cast<int>(state.at(1));
  context_.before = static_cast<int>(state.at(2));
  context_.reference = state.at(3);
  result_.condition = state.at(4);
  std::ranges::copy(record.blocks.at("y").at(rank()), petsc::LocalArray(y_).get().begin());
  cg_->get(record, rank());
}

void LeastSquares::put_result() const {
  Record record;
  record.numbers["ranks"] = as_numbers(jacobian_.communicator().size());
  record.numbers["result"] = numbers_of(result_);
  record.texts["reason"] = result_.reason;
  const petsc::ConstLocalArray y(y_);
  record.blocks["y"][rank()] = {y.get().begin(), y.get().end()};
  journal_.put(name_, std::move(record));
}

void LeastSquares::take_result(const Record& record) {
  result_ = krylov_result_of(record.numbers.at("result"));
  result_.reason = record.texts.at("reason");
  std::ranges::copy(record.blocks.at("y").at(rank()), petsc::LocalArray(y_).get().begin());
}

}  // namespace

std::vector<double> numbers_of(const KrylovResult& result) {
  return as_numbers(result.iterations, result.residual, result.error, result.converged, result.indefinite,
                    result.condition);
}

KrylovResult krylov_result_of(const std::vector<double>& numbers) {
  return {.iterations = static_cast<int>(numbers.at(0)),
          .residual = numbers.at(1),
          .error = numbers.at(2),
          .converged = numbers.at(3) != 0,
          .indefinite = numbers.at(4) != 0,
          .condition = numbers.at(5),
          .reason = {}};
}

KrylovResult solve_least_squares(const JacobianOperator& jacobian, const Preconditioner& preconditioner,
                                 const SolverOptions& options, const std::vector<double>& r, ::Vec y,
                                 const Monitor& monitor, int nonlinear, ::Vec gradient,
                                 const std::string& name) {
  preconditioner.time_coarse(monitor.timers);
  const auto result =
      LeastSquares(jacobian, preconditioner, options, r, y, monitor, nonlinear, gradient, name).solve();
  preconditioner.time_coarse(nullptr);
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
