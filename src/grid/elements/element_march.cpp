// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "grid/elements/element_march.hpp"

#include "grid/elements/element_form.hpp"
#include "grid/grid_time.hpp"
#include "petsc/callback.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace ddpinn {

using petsc::check;

namespace {

/// Relative and absolute residual, relative step, iterations.
constexpr double relative = 1e-10, absolute = 1e-14, smallest_step = 1e-12;
constexpr PetscInt max_iterations = 100;

/// Of the residual at the start: what may be left where no step makes it smaller.
constexpr double at_rest = 1e-7;

/// Solves with the same matrix for what springs leave of the conditions.
constexpr int passes = 2;

/// Newton's method for one level, with line search on the energy where there is one.
class ElementNewton {
 public:
  ElementNewton(const Model& model, ElementForm& form, ElementLevel& level)
      : form_(form), level_(level), matrix_(form.matrix()) {
    check(VecCreateSeq(PETSC_COMM_SELF, static_cast<PetscInt>(form.size()), unknown_.out()));
    check(SNESCreate(PETSC_COMM_SELF, snes_.out()));
    check(SNESSetOptionsPrefix(snes_, "elements_"));
    check(SNESSetType(snes_, SNESNEWTONLS));
    check(SNESSetFunction(snes_, nullptr, residual, this));
    check(SNESSetJacobian(snes_, matrix_, matrix_, jacobian, this));
    if (model.has_energy()) check(SNESSetObjective(snes_, objective, this));
    check(SNESSetTolerances(snes_, absolute, relative, smallest_step, max_iterations, PETSC_DEFAULT));
    if (!model.affine && !model.has_energy()) search_for_balance();
    factorise();
    check(SNESSetFromOptions(snes_));
  }

  void solve() {
    form_.weigh(level_);
    start_ = norm();
    for (int pass = 0; pass < passes; ++pass) {
      if (pass > 0) form_.take_multipliers(level_);
      step();
    }
  }

 private:
  /// To where the work along a step vanishes: residuals of laws may grow on the way to the solution.
  void search_for_balance() const {
    ::SNESLineSearch search = nullptr;
    check(SNESGetLineSearch(snes_, &search));
    check(SNESLineSearchSetType(search, SNESLINESEARCHCP));
  }

  void factorise() const {
    ::KSP solver = nullptr;
    ::PC pc = nullptr;
    check(SNESGetKSP(snes_, &solver));
    check(KSPSetType(solver, KSPPREONLY));
    check(KSPGetPC(solver, &pc));
    check(PCSetType(pc, PCLU));
    check(PCFactorSetMatSolverType(pc, MATSOLVERMUMPS));
  }

  void step() {
    {
      const petsc::LocalArray values(unknown_);
      std::ranges::copy(level_.values, values.get().begin());
    }
    const auto code = SNESSolve(snes_, nullptr, unknown_);
    petsc::rethrow_pending();
    check(code);
    SNESConvergedReason reason = SNES_CONVERGED_ITERATING;
    check(SNESGetConvergedReason(snes_, &reason));
    take(unknown_);
    if (reason < 0 && !(norm() <= at_rest * start_))
      throw Error(
          Status::numerical,
          "grid: Newton's method does not converge for this weak form (nothing may fix the level of a "
          "field, or the start be too far away); add a condition, use more cells, or see what -- "
          "-elements_snes_monitor tells");
  }

  double norm() const {
    double sum = 0;
    for (double value : form_.variation(level_)) sum += value * value;
    return std::sqrt(sum);
  }

  void take(::Vec values) {
    const petsc::ConstLocalArray local(values);
    std::ranges::copy(local.get(), level_.values.begin());
  }

  static PetscErrorCode residual(::SNES, ::Vec u, ::Vec f, void* self) {
    return petsc::guarded([&] {
      auto& newton = *static_cast<ElementNewton*>(self);
      newton.take(u);
      const auto variation = newton.form_.variation(newton.level_);
      const petsc::LocalArray local(f);
      std::ranges::copy(variation, local.get().begin());
    });
  }

  static PetscErrorCode jacobian(::SNES, ::Vec u, ::Mat, ::Mat matrix, void* self) {
    return petsc::guarded([&] {
      auto& newton = *static_cast<ElementNewton*>(self);
      newton.take(u);
      check(MatZeroEntries(matrix));
      newton.form_.add_tangent(newton.level_, matrix);
    });
  }

  static PetscErrorCode objective(::SNES, ::Vec u, PetscReal* energy, void* self) {
    return petsc::guarded([&] {
      auto& newton = *static_cast<ElementNewton*>(self);
      newton.take(u);
      *energy = newton.form_.energy(newton.level_);
    });
  }

  ElementForm& form_;
  ElementLevel& level_;
  petsc::Mat matrix_;
  petsc::Vec unknown_;
  petsc::Snes snes_;
  double start_ = 0;  ///< norm of the first variation
};

/// The rate at a level, from those before it.
void set_rate(const GridMesh& mesh, const std::vector<std::vector<double>>& levels, int number,
              ElementLevel& level) {
  level.past.assign(level.values.size(), 0.0);
  if (number == 0) return;
  const auto time = time_differences(number, mesh.axis(mesh.time()).spacing())[InTime::first];
  level.now = time.now;
  for (std::size_t j = 0; j < time.past.size(); ++j)
    for (std::size_t i = 0; i < level.past.size(); ++i)
      level.past[i] += time.past[j] * levels[levels.size() - 1 - j][i];
}

void check_model(const Model& model) {
  if (model.unknowns.empty()) return;
  throw Error(
      Status::case_file,
      fmt::format("'{}' is unknown (a grid solves for the fields alone, and takes no notice of data); "
                  "write its value into [parameters]",
                  model.unknowns.front().name));
}

}  // namespace

std::vector<double> solve_by_elements(const Model& model, const std::vector<int>& cells) {
  check_model(model);
  const GridMesh mesh(model, cells);
  std::vector<std::vector<double>> levels;
  for (int n = 0; n < mesh.levels(); ++n) {
    ElementForm form(model, mesh, n);
    ElementLevel level;
    level.values = levels.empty() ? std::vector<double>(form.size(), 0.0) : levels.back();
    set_rate(mesh, levels, n, level);
    ElementNewton(model, form, level).solve();
    levels.push_back(std::move(level.values));
  }
  const auto fields = model.fields.size();
  std::vector<double> result(mesh.all_nodes() * fields);
  for (PetscInt i = 0; i < mesh.all_nodes(); ++i) {
    const auto [index, number] = mesh.place(i);
    const auto node = mesh.level_number(index);
    for (std::size_t f = 0; f < fields; ++f) result[i * fields + f] = levels[number][node * fields + f];
  }
  return result;
}

}  // namespace ddpinn
