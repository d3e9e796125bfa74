// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/linear/conjugate_gradients.hpp"

#include "petsc/callback.hpp"

#include <lapacke.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace ddpinn {

using petsc::check;

namespace {

double dot(::Vec a, ::Vec b) {
  PetscScalar value = 0;
  check(VecDot(a, b, &value));
  return value;
}

/// What PETSc's functions call may have thrown on the way.
void check_callbacks(PetscErrorCode code) {
  petsc::rethrow_pending();
  check(code);
}

}  // namespace

ConjugateGradients::ConjugateGradients(::Mat matrix, const Preconditioner& preconditioner, ::Vec like)
    : matrix_(matrix), preconditioner_(preconditioner) {
  for (auto* vector : {&x_, &r_, &z_, &p_, &w_}) check(VecDuplicate(like, vector->out()));
}

void ConjugateGradients::precondition() {
  preconditioner_.apply(r_, z_);
  beta_ = dot(z_, r_);
}

void ConjugateGradients::begin(::Vec right) {
  check(VecZeroEntries(x_));
  check(VecCopy(right, r_));
  diagonal_.clear();
  beside_.clear();
  precondition();
}

double ConjugateGradients::norm() const { return std::sqrt(std::abs(beta_)); }

KSPConvergedReason ConjugateGradients::step() {
  const bool first = diagonal_.empty();
  if (beta_ == 0) return KSP_CONVERGED_ATOL;
  if (!first && beta_ * beta_before_ < 0) return KSP_DIVERGED_INDEFINITE_PC;
  const double b = first ? 0 : beta_ / beta_before_;
  if (first)
    check(VecCopy(z_, p_));
  else
    check(VecAYPX(p_, b, z_));
  check_callbacks(MatMult(matrix_, p_, w_));
  const double before = curvature_;
  curvature_ = dot(p_, w_);
  if (!std::isfinite(curvature_)) return KSP_DIVERGED_NANORINF;
  if (curvature_ == 0 || (!first && curvature_ * before < 0)) return KSP_DIVERGED_INDEFINITE_MAT;
  beta_before_ = beta_;
  const double a = beta_ / curvature_;
  beside_.push_back(first ? 0 : std::sqrt(std::abs(b)) / alpha_);
  diagonal_.push_back(std::sqrt(std::abs(b)) * beside_.back() + 1 / a);
  alpha_ = a;
  check(VecAXPY(x_, a, p_));
  check(VecAXPY(r_, -a, w_));
  precondition();
  return KSP_CONVERGED_ITERATING;
}

double ConjugateGradients::condition() const {
  if (diagonal_.empty()) return 1;
  auto values = diagonal_;
  std::vector<double> beside(beside_.begin() + 1, beside_.end());
  if (LAPACKE_dsterf(static_cast<lapack_int>(values.size()), values.data(), beside.data()) != 0) return 1;
  const double smallest = std::abs(values.front());
  return smallest > 0 ? std::abs(values.back()) / smallest : 1;
}

void ConjugateGradients::put(Record& record, int rank) const {
  record.numbers["cg"] = {beta_, beta_before_, alpha_, curvature_};
  record.numbers["cg_diagonal"] = diagonal_;
  record.numbers["cg_beside"] = beside_;
  const std::array<std::pair<const char*, ::Vec>, 4> vectors{
      {{"cg_x", x_}, {"cg_r", r_}, {"cg_z", z_}, {"cg_p", p_}}};
  for (const auto& [name, vector] : vectors) {
    const petsc::ConstLocalArray own(vector);
    record.blocks[name][rank] = {own.get().begin(), own.get().end()};
  }
}

void ConjugateGradients::get(const Record& record, int rank) {
  const auto& numbers = record.numbers.at("cg");
  beta_ = numbers.at(0);
  beta_before_ = numbers.at(1);
  alpha_ = numbers.at(2);
  curvature_ = numbers.at(3);
  diagonal_ = record.numbers.at("cg_diagonal");
  beside_ = record.numbers.at("cg_beside");
  const std::array<std::pair<const char*, ::Vec>, 4> vectors{
      {{"cg_x", x_}, {"cg_r", r_}, {"cg_z", z_}, {"cg_p", p_}}};
  for (const auto& [name, vector] : vectors)
    std::ranges::copy(record.blocks.at(name).at(rank), petsc::LocalArray(vector).get().begin());
}

}  // namespace ddpinn
