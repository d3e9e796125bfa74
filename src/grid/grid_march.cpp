// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "grid/grid_march.hpp"

#include "grid/grid_newton.hpp"
#include "parallel/agree.hpp"

#include <algorithm>

namespace ddpinn {

using petsc::check;

namespace {

/// Unknowns of a scalar problem in three directions from which on multigrid is faster than a factorisation.
constexpr PetscInt multigrid_from = 15000;

bool same(const TimeDifferences& a, const TimeDifferences& b) {
  for (std::size_t k = 0; k < time_kinds; ++k)
    if (a[k].now != b[k].now) return false;
  return true;
}

GridSolver solver_for(const GridProblem& problem) {
  const auto& mesh = problem.mesh();
  if (!problem.anchors().empty() || problem.parts().slots() > 1) return GridSolver::minimum_fill;
  return mesh.space().size() == 3 && problem.width() == 1 && mesh.level_nodes() >= multigrid_from
             ? GridSolver::multigrid
             : GridSolver::factorisation;
}

}  // namespace

GridMarch::GridMarch(const GridProblem& problem, const GridLayout& layout, const Communicator& comm)
    : problem_(&problem),
      layout_(&layout),
      comm_(&comm),
      dm_(layout.dmda(comm.get(), problem.mesh(), problem.width())),
      rows_(problem, layout.local(comm.rank())),
      solver_(solver_for(problem)) {}

GridLevels GridMarch::zeros() const {
  GridLevels levels(problem_->mesh().levels());
  for (auto& level : levels) {
    check(DMCreateGlobalVector(dm_, level.out()));
    check(VecSet(level, 0.0));
  }
  return levels;
}

TimeDifferences GridMarch::time_at(int level) const {
  const auto& mesh = problem_->mesh();
  return level == 0 ? no_time_differences() : time_differences(level, mesh.axis(mesh.time()).spacing());
}

std::shared_ptr<const GridOperator> GridMarch::differences(const std::vector<GridRow>& rows, int level) {
  const bool serves = present_.differences && present_.differences->serves(rows);
  if (!any(*comm_, !serves)) return present_.differences;
  return std::make_shared<const GridOperator>(*problem_, *layout_, comm_->get(), comm_->rank(), rows, level);
}

GridMarch::Known GridMarch::known(const GridLevels& levels, int level, const TimeDifferences& time,
                                  ::Vec velocity) const {
  Known result;
  for (std::size_t k = 0; k < time_kinds; ++k) {
    const bool start = time[k].start != 0 && velocity;
    if (time[k].past.empty() && !start) continue;
    check(VecDuplicate(levels[0], result[k].out()));
    check(VecSet(result[k], 0.0));
    for (std::size_t j = 0; j < time[k].past.size(); ++j)
      check(VecAXPY(result[k], time[k].past[j], levels[level - 1 - j]));
    if (start) check(VecAXPY(result[k], time[k].start, velocity));
  }
  return result;
}

std::vector<double> GridMarch::values(const GridOperator& differences, const TimeDifferences& time,
                                      const Known& known, ::Vec now) const {
  std::array<petsc::Vec, time_kinds> sums;
  std::array<::Vec, time_kinds> levels{};
  for (std::size_t k = 0; k < time_kinds; ++k) {
    levels[k] = known[k];
    if (!now || time[k].now == 0) continue;
    check(VecDuplicate(now, sums[k].out()));
    check(VecAXPBY(sums[k], time[k].now, 0.0, now));
    if (known[k]) check(VecAXPY(sums[k], 1.0, known[k]));
    levels[k] = sums[k];
  }
  return differences.values(levels);
}

void GridMarch::prepare(System& system, std::vector<double> coefficient, const TimeDifferences& time) {
  const bool reuse = present_.linear && present_.differences == system.differences &&
                     same(present_.time, time) && *present_.coefficient == coefficient;
  if (!any(*comm_, !reuse)) {
    system.linear = present_.linear;
    system.coefficient = present_.coefficient;
    system.scale = present_.scale;
  } else {
    auto scale = system.differences->row_size(coefficient, time);
    for (auto& s : scale) s = s > 0 ? 1 / s : 1;
    auto matrix = system.differences->matrix();
    system.differences->fill(matrix, coefficient, time, scale);
    system.linear = std::make_shared<GridLinear>(comm_->get(), std::move(matrix), dm_, solver_);
    system.coefficient = std::make_shared<const std::vector<double>>(std::move(coefficient));
    system.scale = std::make_shared<const std::vector<double>>(std::move(scale));
  }
  system.time = time;
  present_ = system;
}

void GridMarch::solve_linear(const std::vector<GridRow>& rows, const Known& known, ::Vec level,
                             System& system) {
  auto linear = system.differences->linearise(rows, values(*system.differences, system.time, known, level),
                                              system.time);
  prepare(system, std::move(linear.coefficient), system.time);
  petsc::Vec right, step;
  check(VecDuplicate(level, right.out()));
  check(VecDuplicate(level, step.out()));
  {
    const petsc::LocalArray local(right);
    for (std::size_t r = 0; r < rows.size(); ++r) local.get()[r] = -(*system.scale)[r] * linear.residual[r];
  }
  PetscReal size = 0;
  check(VecNorm(right, NORM_INFINITY, &size));
  if (size == 0) return;
  system.linear->solve(right, step);
  check(VecAXPY(level, 1.0, step));
}

void GridMarch::solve_nonlinear(const std::vector<GridRow>& rows, const Known& known, ::Vec level,
                                const System& system) const {
  const auto evaluate = [&](::Vec u) {
    const auto at = values(*system.differences, system.time, known, u);
    return collectively(*comm_, [&] { return system.differences->linearise(rows, at, system.time); });
  };
  GridNewton(comm_->get(), dm_, *system.differences, system.time, evaluate).solve(level, solver_);
}

void GridMarch::advance(const std::vector<GridRow>& rows, const TimeDifferences& time, const Known& known,
                        int level, ::Vec unknown) {
  System system;
  system.differences = differences(rows, level);
  system.time = time;
  if (problem_->model().affine) return solve_linear(rows, known, unknown, system);
  solve_nonlinear(rows, known, unknown, system);
  present_ = system;
}

void GridMarch::start_velocity(const GridLevels& levels) {
  bool wanted = false;
  for (std::size_t f = 0; f < problem_->fields(); ++f) wanted = wanted || problem_->time_order(f) == 2;
  if (!wanted) return;
  check(VecDuplicate(levels[0], velocity_.out()));
  check(VecSet(velocity_, 0.0));
  const auto time = velocity_differences();
  advance(rows_.velocity(), time, known(levels, 1, time, nullptr), 0, velocity_);
}

void GridMarch::fill_free(GridLevels& levels) const {
  if (levels.size() < 3) return;
  const auto rows = rows_.at_level(0);
  const petsc::LocalArray start(levels[0]);
  const petsc::ConstLocalArray first(levels[1]), second(levels[2]);
  for (std::size_t r = 0; r < rows.size(); ++r)
    if (rows[r].free) start.get()[r] = 2 * first.get()[r] - second.get()[r];
}

void GridMarch::solve(GridLevels& levels) {
  for (int n = 0; n < problem_->mesh().levels(); ++n) {
    const auto time = time_at(n);
    auto& level = levels[n];
    if (n > 0) check(VecCopy(levels[n - 1], level));
    advance(rows_.at_level(n), time, known(levels, n, time, velocity_), n, level);
    if (n == 0 && problem_->mesh().time() >= 0) start_velocity(levels);
  }
  fill_free(levels);
}

void GridMarch::linearise(const GridLevels& levels) {
  systems_.clear();
  for (int n = 0; n < problem_->mesh().levels(); ++n) {
    const auto rows = rows_.at_level(n);
    System system;
    system.differences = differences(rows, n);
    system.time = time_at(n);
    const auto before = known(levels, n, system.time, velocity_);
    auto linear = system.differences->linearise(
        rows, values(*system.differences, system.time, before, levels[n]), system.time);
    prepare(system, std::move(linear.coefficient), system.time);
    const int equations = problem_->equations();
    for (const auto& row : rows) system.equation.push_back(row.statement < equations ? row.statement : -1);
    systems_.push_back(std::move(system));
  }
}

void GridMarch::correct(const std::vector<std::vector<double>>& right, GridLevels& correction) const {
  petsc::Vec b;
  check(VecDuplicate(correction[0], b.out()));
  for (std::size_t n = 0; n < systems_.size(); ++n) {
    const auto& system = systems_[n];
    const auto before = known(correction, n, system.time, nullptr);
    const auto past = system.differences->apply(*system.coefficient,
                                                values(*system.differences, system.time, before, nullptr));
    {
      const petsc::LocalArray local(b);
      for (std::size_t r = 0; r < past.size(); ++r)
        local.get()[r] = (*system.scale)[r] * (right[n][r] - past[r]);
    }
    PetscReal size = 0;
    check(VecNorm(b, NORM_INFINITY, &size));
    if (size == 0)
      check(VecSet(correction[n], 0.0));
    else
      system.linear->solve(b, correction[n]);
  }
}

}  // namespace ddpinn
