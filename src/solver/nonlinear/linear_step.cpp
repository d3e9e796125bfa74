// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/nonlinear/linear_step.hpp"

#include "parallel/agree.hpp"
#include "solver/nonlinear/newton_rules.hpp"
#include "space/field_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace ddpinn {

namespace {

void add(double factor, const std::vector<double>& from, std::vector<double>& to) {
  for (std::size_t i = 0; i < to.size(); ++i) to[i] += factor * from[i];
}

void add(double factor, const std::vector<FieldValues>& from, std::vector<FieldValues>& to) {
  for (std::size_t g = 0; g < to.size(); ++g)
    for (std::size_t a = 0; a < to[g].size(); ++a) add(factor, from[g][a], to[g][a]);
}

std::vector<FieldValues> zeros_like(std::vector<FieldValues> fields) {
  for (auto& group : fields)
    for (auto& column : group) std::ranges::fill(column, 0.0);
  return fields;
}

/// Iterations with a former problem: as many as cost about what a new one does (a product reads the blocks
/// once, compression calculates with every column as often as there are columns, at some twenty times the
/// speed, and a new preconditioner may iterate too). Whole solutions are solved for to the accuracy of the
/// first solve, which can be far more than was asked for; of increments the next one mends what is left.
SolverOptions lagged_options(const LinearProblem& problem, Target target, SolverOptions options) {
  constexpr double enough_of_an_increment = 1e-6;
  const int columns = std::ranges::max(problem.compression.size);
  const int affordable = 25 + columns / 20 + problem.first.iterations;
  options.max_krylov_iterations = std::min(options.max_krylov_iterations, affordable);
  options.tolerance = target == Target::increment
                          ? std::max(options.tolerance, enough_of_an_increment)
                          : std::min(options.tolerance, std::max(1e-14, 10 * problem.first.residual));
  return options;
}

/// From what was solved for to the change of fields and coefficients.
void make_increment(const Rows& discretisation, const Solution& present, Target target, Step& step) {
  if (target == Target::increment) {
    step.fields = zeros_like(present.fields);
    discretisation.add_fields(step.change, step.fields);
    return;
  }
  step.fields = discretisation.lift();
  discretisation.add_fields(step.change, step.fields);
  add(-1, present.fields, step.fields);
  step.change.add(-1, present.field);
}

}  // namespace

double weighted_objective(const Communicator& comm, Rows& discretisation,
                          const std::vector<FieldValues>& fields) {
  return square_sum(comm, collectively(comm, [&] {
                      discretisation.set_weights(fields);
                      return discretisation.residual(fields);
                    }));
}

std::vector<FieldValues> combined(const std::vector<FieldValues>& fields, double length,
                                  const std::vector<FieldValues>& direction) {
  auto result = fields;
  for (std::size_t g = 0; g < result.size(); ++g)
    for (std::size_t a = 0; a < result[g].size(); ++a)
      for (std::size_t i = 0; i < result[g][a].size(); ++i) result[g][a][i] += length * direction[g][a][i];
  return result;
}

void LinearSteps::take_gradient(const Solution& present) {
  if (!discretisation_.model().is_weak()) return;
  gradient_ = collectively(comm_, [&] { return discretisation_.weak_gradient(present.fields); });
}

Step LinearSteps::solve(const Solution& present, Target target, double curvature, int nonlinear,
                        const std::vector<double>& multipliers) {
  try {
    return linearise_and_solve(present, target, curvature, nonlinear, multipliers);
  } catch (const Interrupted& interrupted) {
    recover(comm_);
    Step none{discretisation_.zero_field(), zeros_like(present.fields), {}};
    none.krylov.reason = interrupted.what();
    none.linear_objective =
        square_sum(comm_, collectively(comm_, [&] { return discretisation_.residual(present.fields); }));
    return none;
  }
}

Step LinearSteps::linearise_and_solve(const Solution& present, Target target, double curvature, int nonlinear,
                                      const std::vector<double>& multipliers) {
  if (problem_ && !shared_)
    problem_->jacobian.take_blocks();  // two linearisations need not be in memory at once
  Linearisation linear;
  SharedMatrices blocks;
  {
    const auto timed = start_phase(monitor_, "jacobian");
    linear = collectively(comm_, [&] { return discretisation_.linearise(present.fields); });
    if (shared_) problem_ = shared_->find(comm_, discretisation_, linear);
    if (!shared_ || !problem_) blocks = jacobian_blocks(comm_, discretisation_, linear, monitor_.stop);
  }
  if (monitor_.journal) last_at_ = here(present.fields);
  take_gradient(present);
  form_ = std::move(linear.form);
  if (!multipliers.empty()) add(1, multipliers, linear.residual);
  present_ = linear.residual;
  const auto right = target == Target::solution ? discretisation_.linear_rows_at_lift(linear, present.fields)
                                                : linear.residual;
  linear.derivative.clear();  // as large as the fields, at all points
  const auto krylov = shared_ && problem_ ? solve_shared(right, nonlinear)
                                          : solve_for(std::move(blocks), right, target, curvature, nonlinear);
  return step(krylov, right, present, target);
}

Step LinearSteps::repeat(const Solution& present, double tolerance, int nonlinear,
                         const std::vector<double>& multipliers) {
  auto right = collectively(comm_, [&] { return discretisation_.residual(present.fields); });
  take_gradient(present);
  if (!multipliers.empty()) add(1, multipliers, right);
  present_ = right;
  auto options = options_;
  options.tolerance = tolerance;
  const auto result = krylov(options, right, nonlinear);
  problem_->first.condition = std::max(problem_->first.condition, result.condition);
  return step(result, right, present, Target::increment);
}

Step LinearSteps::step(const KrylovResult& krylov, const std::vector<double>& right, const Solution& present,
                       Target target) const {
  const auto timed = start_phase(monitor_, "update");
  Step step{problem_->expand(solution_), {}, krylov};
  step.unknowns = problem_->layout.total();
  step.coarse_unknowns = problem_->preconditioner->coarse_dimension();
  std::vector<double> rows(right.size());
  problem_->jacobian.multiply(solution_, rows);
  add(1, right, rows);
  step.linear_objective = square_sum(comm_, rows);
  if (discretisation_.model().is_weak()) {
    add(-1, present_, rows);
    const auto curved = bent_ ? rows : form_(rows);
    step.decrement = sum(comm_, std::inner_product(rows.begin(), rows.end(), curved.begin(), 0.0));
    step.bent = bent_;
  }
  make_increment(discretisation_, present, target, step);
  return step;
}

KrylovResult LinearSteps::solve_for(SharedMatrices blocks, const std::vector<double>& right, Target target,
                                    double curvature, int nonlinear) {
  int spent = 0;
  if (problem_ && curvature <= near_) {
    problem_->jacobian.linearise_anew(std::move(blocks), problem_->compression.transform);
    const auto lagged = krylov(lagged_options(*problem_, target, options_), right, nonlinear);
    if (lagged.converged || monitor_.stop()) return lagged;
    blocks = problem_->jacobian.take_blocks();
    near_ = curvature / 4;
    spent = lagged.iterations;
  }
  problem_.reset();
  made_at_ = last_at_;
  problem_ = make_linear_problem(comm_, discretisation_, options_.krylov, monitor_, std::move(blocks));
  if (shared_) shared_->keep(problem_);
  auto result = problem_->first = krylov(options_, right, nonlinear);
  result.iterations += spent;
  return result;
}

/// With the problem of rows before. One right-hand side may show of the condition what others don't.
KrylovResult LinearSteps::solve_shared(const std::vector<double>& right, int nonlinear) {
  const auto result = krylov(options_, right, nonlinear);
  problem_->first.condition = std::max(problem_->first.condition, result.condition);
  return result;
}

LinearSteps::At LinearSteps::here(const std::vector<FieldValues>& fields) const {
  // The Jacobian of an affine problem is the same at all fields, which are many numbers.
  return {discretisation_.model().affine ? std::vector<FieldValues>{} : fields, discretisation_.unknowns(),
          discretisation_.weights()};
}

void LinearSteps::put(const At& at, const std::string& name, Record& record) const {
  if (!discretisation_.model().affine) put_fields(discretisation_, at.fields, name + "_fields", record);
  record.blocks[name + "_weights"] = by_core(discretisation_.rows(), at.weights);
  record.numbers[name + "_unknowns"] = at.unknowns;
}

LinearSteps::At LinearSteps::at(const std::string& name, const Record& record) const {
  const auto& journal = journal_of(monitor_);
  std::vector<std::size_t> statements;
  for (const auto& group : discretisation_.weights()) statements.push_back(group.size());
  return {discretisation_.model().affine ? std::vector<FieldValues>{}
                                         : get_fields(discretisation_, name + "_fields", record, journal),
          record.numbers.at(name + "_unknowns"),
          at_points(discretisation_.rows(), statements, record.blocks.at(name + "_weights"), journal)};
}

SharedMatrices LinearSteps::jacobian(const At& at) const {
  return collectively(comm_, [&] {
    auto rows = discretisation_;
    rows.set_unknowns(at.unknowns);
    rows.take_weights(at.weights);
    return rows.jacobian(rows.linearise(rows.model().affine ? rows.lift() : at.fields));
  });
}

void LinearSteps::put(Record& record) const {
  record.numbers["steps_near"] = {near_};
  if (!problem_) return;
  record.numbers["steps_first"] = numbers_of(problem_->first);
  put(made_at_, "steps_made", record);
  if (problem_->jacobian.is_linearised_anew()) put(last_at_, "steps_last", record);
}

void LinearSteps::get(const Record& record) {
  near_ = record.number("steps_near");
  problem_.reset();
  const auto found = record.numbers.find("steps_first");
  if (found == record.numbers.end()) return;
  made_at_ = last_at_ = at("steps_made", record);
  problem_ = make_linear_problem(comm_, discretisation_, options_.krylov, monitor_, jacobian(made_at_));
  problem_->first = krylov_result_of(found->second);
  if (!record.numbers.contains("steps_last_unknowns")) return;
  last_at_ = at("steps_last", record);
  problem_->jacobian.take_blocks();
  problem_->jacobian.linearise_anew(jacobian(last_at_), problem_->compression.transform);
}

KrylovResult LinearSteps::krylov(const SolverOptions& options, const std::vector<double>& right,
                                 int nonlinear) {
  const auto timed = start_phase(monitor_, "krylov");
  auto& jacobian = problem_->jacobian;
  solution_ = jacobian.create_unknowns();
  const auto& preconditioner = *problem_->preconditioner;
  const auto scope = journal_of(monitor_).enter(work_);
  if (nonlinear != numbered_) solves_ = 0;
  numbered_ = nonlinear;
  petsc::Vec gradient;
  const auto solve = [&] {
    const auto name = work_.empty() ? std::string() : fmt::format("krylov_{}_{}", nonlinear, ++solves_);
    return solve_least_squares(jacobian, preconditioner, options, right, solution_, monitor_, nonlinear,
                               gradient, name);
  };
  if (!discretisation_.model().is_weak()) return solve();
  gradient = jacobian.create_unknowns();
  petsc::check(VecZeroEntries(gradient));
  jacobian.add_compressed(gradient_, problem_->compression.transform, gradient);
  // Newton's own step where the energy is convex; else one that goes down along all directions.
  bent_ = false;
  if (any(comm_, !form_.empty())) {
    const bool symmetric = !any(comm_, !form_.symmetric());
    jacobian.set_form(form_, symmetric);
    const auto newton = solve();
    jacobian.set_form(std::nullopt);
    if (newton.converged || !symmetric || monitor_.stop()) return newton;
    bent_ = true;
  }
  return solve();
}

void accept(const Step& step, double length, Solution& solution) {
  add(length, step.fields, solution.fields);
  solution.field.add(length, step.change);
}

double missed(const Step& step, double before, double after) {
  return before > 0 ? std::sqrt(std::max(0.0, after - step.linear_objective) / before) : 0;
}

namespace {

/// A box with the smallest width of all in each direction.
Box smallest_box(const Decomposition& decomposition) {
  Box smallest = decomposition[0].box;
  smallest.lower = {};
  for (int d = 0; d < smallest.dimension; ++d) {
    smallest.upper[d] = decomposition[0].box.width(d);
    for (int k = 1; k < decomposition.size(); ++k)
      smallest.upper[d] = std::min(smallest.upper[d], decomposition[k].box.width(d));
  }
  return smallest;
}

}  // namespace

double change(const Communicator& comm, const Rows& discretisation, const Step& step,
              const Solution& solution) {
  const auto& model = discretisation.model();
  const auto smallest = smallest_box(discretisation.decomposition());
  std::vector<double> difference(model.fields.size(), 0), value(model.fields.size(), 0);
  for (std::size_t g = 0; g < step.fields.size(); ++g) {
    const auto& derivatives = discretisation.rows().groups[g].derivatives;
    for (std::size_t a = 0; a < derivatives.size(); ++a) {
      const std::size_t f = derivatives[a].field;
      const double unit = 1 / over_widths(1, smallest, derivatives[a].alpha);
      difference[f] = std::max(difference[f], unit * largest(step.fields[g][a]));
      value[f] = std::max(value[f], unit * largest(solution.fields[g][a]));
    }
  }
  double result = 0;
  for (std::size_t f = 0; f < value.size(); ++f) {
    const double all = max(comm, value[f]), changed = max(comm, difference[f]);
    if (all > 0) result = std::max(result, changed / all);
  }
  return result;
}

bool advance(const Communicator& comm, const Rows& discretisation, const Step& step, Solution& solution,
             double& objective) {
  constexpr double shortest = 1e-6;
  return search_line(shortest, [&](double length) {
    const auto fields = combined(solution.fields, length, step.fields);
    const auto trial = sum_of_squares(comm, [&] { return discretisation.residual(fields); });
    if (!trial || !decreases_enough(objective, *trial, length, objective - step.linear_objective))
      return Trial::too_long;
    accept(step, length, solution);
    objective = *trial;
    return Trial::taken;
  });
}

}  // namespace ddpinn
