// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/linear_step.hpp"

#include "dense/lapack.hpp"
#include "parallel/agree.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ddpinn {

namespace {

void add(double factor, const std::vector<double>& from, std::vector<double>& to) {
  for (std::size_t i = 0; i < to.size(); ++i) to[i] += factor * from[i];
}

std::vector<FieldValues> zeros_like(std::vector<FieldValues> fields) {
  for (auto& group : fields)
    for (auto& column : group) std::ranges::fill(column, 0.0);
  return fields;
}

LinearProblem prepare(const Communicator& comm, const Discretisation& discretisation,
                      const SolverOptions& options, const Monitor& monitor, std::vector<Matrix> blocks) {
  LinearProblem problem;
  {
    const auto timed = start_phase(monitor, "compression");
    problem.compression = compress(comm, discretisation, options.krylov.compression, blocks);
  }
  problem.layout = std::make_unique<DofLayout>(discretisation.owner(), problem.compression.size, comm);
  problem.jacobian =
      std::make_unique<JacobianOperator>(comm, discretisation, *problem.layout, std::move(blocks));
  const auto timed = start_phase(monitor, "preconditioner");
  problem.preconditioner = std::make_unique<Preconditioner>(options.krylov.preconditioner, *problem.jacobian,
                                                            problem.compression.polynomial);
  return problem;
}

/// Output coefficients c = T y of this rank's blocks.
std::vector<Matrix> expand(const LinearProblem& problem, ::Vec y, const Discretisation& discretisation) {
  const auto gathered = problem.jacobian->gather(y);
  const auto features = discretisation.family().shape.features(),
             count = discretisation.model().fields.size();
  std::vector<Matrix> coefficients;
  std::size_t offset = 0;
  for (const auto& transform : problem.compression.transform) {
    Matrix& c = coefficients.emplace_back(features, count);
    multiply(1, Op::none, transform, gathered.data() + offset, 0, c.data());
    offset += transform.columns();
  }
  return coefficients;
}

/// From what was solved for to the change of fields and coefficients.
void make_increment(const Discretisation& discretisation, const Solution& present, Target target,
                    Step& step) {
  if (target == Target::increment) {
    step.fields = zeros_like(present.fields);
    discretisation.add_fields(step.coefficients, step.fields);
    return;
  }
  auto solved = discretisation.lift();
  discretisation.add_fields(step.coefficients, solved);
  step.fields = combined(solved, -1, present.fields);
  for (std::size_t b = 0; b < step.coefficients.size(); ++b) {
    const auto from = present.coefficients[b].entries();
    const auto to = step.coefficients[b].entries();
    for (std::size_t i = 0; i < to.size(); ++i) to[i] -= from[i];
  }
}

}  // namespace

double square_sum(const Communicator& comm, const std::vector<double>& values) {
  double local = 0;
  for (double v : values) local += v * v;
  return sum(comm, local);
}

double weighted_objective(const Communicator& comm, Discretisation& discretisation,
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

Step linear_step(const Communicator& comm, const Discretisation& discretisation, const SolverOptions& options,
                 const Monitor& monitor, const Solution& present, Target target, int nonlinear) {
  Linearisation linear;
  std::vector<Matrix> blocks;
  {
    const auto timed = start_phase(monitor, "jacobian");
    collectively(comm, [&] {
      linear = discretisation.linearise(present.fields);
      for (const auto& block : discretisation.blocks())
        blocks.push_back(discretisation.jacobian(block, linear));
    });
  }
  Step step;
  step.problem = prepare(comm, discretisation, options, monitor, std::move(blocks));
  const auto& jacobian = *step.problem.jacobian;
  step.unknowns = static_cast<long long>(step.problem.layout->total());
  step.coarse_unknowns = step.problem.preconditioner->coarse_dimension();
  const auto y = jacobian.create_unknowns();
  auto right = linear.residual;
  if (target == Target::solution)
    add(-1, discretisation.directional(linear, combined(present.fields, -1, discretisation.lift())), right);
  {
    const auto timed = start_phase(monitor, "krylov");
    step.krylov =
        solve_least_squares(jacobian, *step.problem.preconditioner, options, right, y, monitor, nonlinear);
  }
  const auto timed = start_phase(monitor, "update");
  std::vector<double> rows(right.size());
  jacobian.multiply(y, rows);
  add(1, right, rows);
  step.linear_objective = square_sum(comm, rows);
  step.coefficients = expand(step.problem, y, discretisation);
  make_increment(discretisation, present, target, step);
  return step;
}

void accept(const Step& step, double length, Solution& solution) {
  solution.fields = combined(solution.fields, length, step.fields);
  for (std::size_t b = 0; b < solution.coefficients.size(); ++b) {
    const auto from = step.coefficients[b].entries();
    const auto to = solution.coefficients[b].entries();
    for (std::size_t i = 0; i < to.size(); ++i) to[i] += length * from[i];
  }
}

double change(const Communicator& comm, const Step& step, const Solution& solution) {
  double result = 0;
  for (std::size_t g = 0; g < step.fields.size(); ++g)
    for (std::size_t a = 0; a < step.fields[g].size(); ++a) {
      double difference = 0, value = 0;
      for (double v : step.fields[g][a]) difference = std::max(difference, std::abs(v));
      for (double v : solution.fields[g][a]) value = std::max(value, std::abs(v));
      difference = max(comm, difference);
      value = max(comm, value);
      if (value > 0) result = std::max(result, difference / value);
    }
  return result;
}

bool advance(const Communicator& comm, const Discretisation& discretisation, const Step& step,
             Solution& solution, double& objective) {
  constexpr double slope = 1e-4, shortest = 1e-6;
  for (double length = 1; length > shortest; length /= 2) {
    double trial = std::numeric_limits<double>::infinity();
    const auto fields = combined(solution.fields, length, step.fields);
    std::vector<double> rows;
    bool finite = true;
    collectively(comm, [&] {
      try {
        rows = discretisation.residual(fields);
      } catch (const Error&) {
        finite = false;
      }
    });
    if (!any(comm, !finite)) trial = square_sum(comm, rows);
    if (trial <= objective - slope * length * (objective - step.linear_objective)) {
      accept(step, length, solution);
      objective = trial;
      return true;
    }
  }
  return false;
}

}  // namespace ddpinn
