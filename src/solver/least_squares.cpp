// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/least_squares.hpp"

#include "assembly/compression.hpp"
#include "dense/lapack.hpp"
#include "parallel/agree.hpp"
#include "solver/krylov.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>

namespace ddpinn {

namespace {

/// Gauss-Newton steps before which the rows are weighted anew: the linearisation at the start can be far from
/// typical (a convective term vanishes where the velocity does). Later the objective has to stay what it is.
constexpr int reweighted_steps = 4;

double square_sum(const Communicator& comm, const std::vector<double>& values) {
  double local = 0;
  for (double v : values) local += v * v;
  return sum(comm, local);
}

/// What a linearised problem is solved for.
///
/// The whole solution is best while steps are long. The step from a poor iterate is rough, its coefficients
/// are large, and what rounding leaves of them in the sum of all steps no later step can represent: on
/// Kovasznay's flow sums of steps ended at errors of 2e-6, whole solutions at 2e-9. Increments are best at
/// the end, where they are small and so is their rounding.
enum class Target { solution, increment };

/// One linearised least-squares problem: its step in coefficients and fields.
struct Step {
  std::vector<Matrix> coefficients;
  std::vector<FieldValues> fields;
  KrylovResult krylov;
  double linear_objective = 0;  ///< |J dc + r|^2
  long long unknowns = 0;
  long long coarse_unknowns = 0;
};

class OutputLayerSolver {
 public:
  OutputLayerSolver(const Communicator& comm, Discretisation& discretisation, const SolverOptions& options,
                    const Monitor& monitor)
      : comm_(comm), discretisation_(discretisation), options_(options), monitor_(monitor) {}

  Solution run();

 private:
  double weighted_objective(const std::vector<FieldValues>& fields);
  Step linear_step(const Solution&, Target, int nonlinear);
  bool advance(const Step&, Solution&, double& objective);
  bool finished(const Step&, const Solution&, double before, double after, std::string& reason) const;
  void accept(const Step&, double length, Solution&) const;
  double change(const Step&, const Solution&) const;

  const Communicator& comm_;
  Discretisation& discretisation_;
  const SolverOptions& options_;
  const Monitor& monitor_;
};

void add(double factor, const std::vector<double>& from, std::vector<double>& to) {
  for (std::size_t i = 0; i < to.size(); ++i) to[i] += factor * from[i];
}

std::vector<FieldValues> zeros_like(std::vector<FieldValues> fields) {
  for (auto& group : fields)
    for (auto& column : group) std::ranges::fill(column, 0.0);
  return fields;
}

std::vector<FieldValues> combined(const std::vector<FieldValues>& fields, double length,
                                  const std::vector<FieldValues>& direction) {
  auto result = fields;
  for (std::size_t g = 0; g < result.size(); ++g)
    for (std::size_t a = 0; a < result[g].size(); ++a)
      for (std::size_t i = 0; i < result[g][a].size(); ++i) result[g][a][i] += length * direction[g][a][i];
  return result;
}

/// Weights the rows anew at these fields, and returns their sum of squares.
double OutputLayerSolver::weighted_objective(const std::vector<FieldValues>& fields) {
  return square_sum(comm_, collectively(comm_, [&] {
                      discretisation_.set_weights(fields);
                      return discretisation_.residual(fields);
                    }));
}

Step OutputLayerSolver::linear_step(const Solution& present, Target target, int nonlinear) {
  const auto& fields = present.fields;
  Linearisation linear;
  std::vector<Matrix> blocks;
  {
    const auto timed = start_phase(monitor_, "jacobian");
    collectively(comm_, [&] {
      linear = discretisation_.linearise(fields);
      for (const auto& block : discretisation_.blocks())
        blocks.push_back(discretisation_.jacobian(block, linear));
    });
  }
  Compression compression;
  {
    const auto timed = start_phase(monitor_, "compression");
    compression = compress(comm_, discretisation_, options_.krylov.compression, blocks);
  }
  const DofLayout layout(discretisation_.owner(), compression.size, comm_);
  const JacobianOperator jacobian(comm_, discretisation_, layout, std::move(blocks));
  std::unique_ptr<Preconditioner> preconditioner;
  {
    const auto timed = start_phase(monitor_, "preconditioner");
    preconditioner =
        std::make_unique<Preconditioner>(options_.krylov.preconditioner, jacobian, compression.polynomial);
  }
  Step step;
  step.unknowns = static_cast<long long>(layout.total());
  step.coarse_unknowns = preconditioner->coarse_dimension();
  const auto y = jacobian.create_unknowns();
  auto right = linear.residual;
  if (target == Target::solution)
    add(-1, discretisation_.directional(linear, combined(fields, -1, discretisation_.lift())), right);
  {
    const auto timed = start_phase(monitor_, "krylov");
    step.krylov = solve_least_squares(jacobian, *preconditioner, options_, right, y, monitor_, nonlinear);
  }
  const auto timed = start_phase(monitor_, "update");
  std::vector<double> rows(right.size());
  jacobian.multiply(y, rows);
  add(1, right, rows);
  step.linear_objective = square_sum(comm_, rows);
  const auto gathered = jacobian.gather(y);
  const auto features = discretisation_.family().shape.features(),
             count = discretisation_.model().fields.size();
  std::size_t offset = 0;
  for (const auto& transform : compression.transform) {
    Matrix& c = step.coefficients.emplace_back(features, count);
    multiply(1, Op::none, transform, gathered.data() + offset, 0, c.data());
    offset += transform.columns();
  }
  if (target == Target::increment) {
    step.fields = zeros_like(fields);
    discretisation_.add_fields(step.coefficients, step.fields);
    return step;
  }
  auto solved = discretisation_.lift();
  discretisation_.add_fields(step.coefficients, solved);
  step.fields = combined(solved, -1, fields);
  for (std::size_t b = 0; b < step.coefficients.size(); ++b) {
    const auto from = present.coefficients[b].entries();
    const auto to = step.coefficients[b].entries();
    for (std::size_t i = 0; i < to.size(); ++i) to[i] -= from[i];
  }
  return step;
}

void OutputLayerSolver::accept(const Step& step, double length, Solution& solution) const {
  solution.fields = combined(solution.fields, length, step.fields);
  for (std::size_t b = 0; b < solution.coefficients.size(); ++b) {
    const auto from = step.coefficients[b].entries();
    const auto to = solution.coefficients[b].entries();
    for (std::size_t i = 0; i < to.size(); ++i) to[i] += length * from[i];
  }
}

/// Largest change of a field or derivative relative to its largest value.
double OutputLayerSolver::change(const Step& step, const Solution& solution) const {
  double result = 0;
  for (std::size_t g = 0; g < step.fields.size(); ++g)
    for (std::size_t a = 0; a < step.fields[g].size(); ++a) {
      double difference = 0, value = 0;
      for (double v : step.fields[g][a]) difference = std::max(difference, std::abs(v));
      for (double v : solution.fields[g][a]) value = std::max(value, std::abs(v));
      difference = max(comm_, difference);
      value = max(comm_, value);
      if (value > 0) result = std::max(result, difference / value);
    }
  return result;
}

/// Takes the longest of the steps 1, 1/2, 1/4, ... that decreases the sum of squares (Armijo's condition).
bool OutputLayerSolver::advance(const Step& step, Solution& solution, double& objective) {
  constexpr double slope = 1e-4, shortest = 1e-6;
  for (double length = 1; length > shortest; length /= 2) {
    double trial = std::numeric_limits<double>::infinity();
    const auto fields = combined(solution.fields, length, step.fields);
    std::vector<double> rows;
    bool finite = true;
    collectively(comm_, [&] {
      try {
        rows = discretisation_.residual(fields);
      } catch (const Error&) {
        finite = false;
      }
    });
    if (!any(comm_, !finite)) trial = square_sum(comm_, rows);
    if (trial <= objective - slope * length * (objective - step.linear_objective)) {
      accept(step, length, solution);
      objective = trial;
      return true;
    }
  }
  return false;
}

bool OutputLayerSolver::finished(const Step& step, const Solution& solution, double before, double after,
                                 std::string& reason) const {
  const double moved = change(step, solution);
  if (moved <= options_.tolerance) {
    reason = fmt::format("the last step changed the fields by {:.2e} <= tolerance {:.2e}", moved,
                         options_.tolerance);
    return true;
  }
  // What a step removes from the sum of squares is the square of the distance to the minimum, in the norm of
  // the residual: a millionth is a thousandth of what is left of that.
  const double least = std::max(options_.tolerance, 1e-6) * before;
  if (before - after <= least && before - step.linear_objective <= 1e-3 * before) {
    reason = fmt::format(
        "the sum of squares is at its minimum {:.3e}: the last step could reduce it by {:.1e} of itself",
        after, (before - step.linear_objective) / before);
    return true;
  }
  return false;
}

Solution OutputLayerSolver::run() {
  Solution solution;
  solution.fields = discretisation_.lift();
  for (std::size_t b = 0; b < discretisation_.blocks().size(); ++b)
    solution.coefficients.emplace_back(discretisation_.family().shape.features(),
                                       discretisation_.model().fields.size());
  solution.rows = sum(comm_, static_cast<long long>(discretisation_.rows().count));
  double objective = weighted_objective(solution.fields);
  const bool affine = discretisation_.model().affine;
  auto target = Target::solution;
  for (int iteration = 1;; ++iteration) {
    if (iteration > 1 && iteration <= reweighted_steps) objective = weighted_objective(solution.fields);
    const auto step = linear_step(solution, target, iteration);
    solution.nonlinear_iterations = iteration;
    solution.krylov_iterations += step.krylov.iterations;
    solution.unknowns = step.unknowns;
    solution.coarse_unknowns = step.coarse_unknowns;
    const double before = objective;
    if (affine) {
      accept(step, 1, solution);
      objective = step.linear_objective;
      solution.converged = step.krylov.converged;
      solution.stop_reason = step.krylov.reason;
      break;
    }
    if (!step.krylov.converged && monitor_.stop()) {  // what it has of a step says nothing about a minimum
      solution.stop_reason = step.krylov.reason;
      break;
    }
    const auto timed = start_phase(monitor_, "line search");
    if (!advance(step, solution, objective)) {
      if (target == Target::solution && iteration < options_.max_iterations && !monitor_.stop()) {
        target = Target::increment;
        continue;
      }
      solution.converged = before - step.linear_objective <= 1e-6 * before;
      solution.stop_reason = "no step along the Gauss-Newton direction decreases the sum of squares";
      break;
    }
    if (monitor_.iteration)
      monitor_.iteration({iteration, step.krylov.iterations, change(step, solution), objective / 2,
                          monitor_.timers->elapsed()});
    if (finished(step, solution, before, objective, solution.stop_reason)) {
      solution.converged = true;
      break;
    }
    if (iteration >= options_.max_iterations) {
      solution.stop_reason =
          fmt::format("{} Gauss-Newton iterations reached (solver.max_iterations)", iteration);
      break;
    }
    if (monitor_.stop()) {
      solution.stop_reason = "stopped by a signal or the time limit";
      break;
    }
  }
  solution.residual = std::sqrt(objective / static_cast<double>(std::max(1LL, solution.rows)));
  return solution;
}

}  // namespace

Solution solve_output_layers(const Communicator& comm, Discretisation& discretisation,
                             const SolverOptions& options, const Monitor& monitor) {
  return OutputLayerSolver(comm, discretisation, options, monitor).run();
}

}  // namespace ddpinn
