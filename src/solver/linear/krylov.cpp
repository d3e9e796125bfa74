// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/linear/krylov.hpp"

#include "parallel/agree.hpp"
#include "petsc/callback.hpp"
#include "solver/linear/conjugate_gradients.hpp"
#include "solver/linear/krylov_solver.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <optional>

namespace ddpinn {

using petsc::check;

namespace {

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
  KrylovContext context_;
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
  const KrylovLimits limits{options_.tolerance, 1e-50, options_.max_krylov_iterations};
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

/// That of this solve; null where there is none, where it is of other ranks, whose unknowns may be others, or
/// has a state that this iteration cannot take up.
const Record* LeastSquares::record() {
  if (name_.empty()) return nullptr;
  const auto* found = journal_.take(name_);
  if (!found || found->number("ranks") != jacobian_.communicator().size()) return nullptr;
  if (!cg_ && !found->numbers.contains("result")) return nullptr;
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

}  // namespace ddpinn
