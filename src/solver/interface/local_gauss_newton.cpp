// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/interface/local_gauss_newton.hpp"

#include "assembly/compression.hpp"
#include "dense/lapack.hpp"
#include "dense/orthonormal.hpp"
#include "parallel/square_sum.hpp"

#include <ddpinn/error.hpp>

#include <algorithm>
#include <optional>

namespace ddpinn {

namespace {

/// Damping of the first step, relative to the largest squared column: more than in the windowed coupling,
/// since what is best for one subdomain alone is too long a step for its neighbours.
constexpr double first_damping = 1e-3;

std::optional<double> objective(const TrainedRows& rows, std::span<const double> parameters,
                                std::span<const double> traces) {
  try {
    return square_sum(rows.residual(parameters, traces));
  } catch (const Error&) {
    return std::nullopt;
  }
}

/// x - Q Q^T x
void project(const Matrix& q, std::span<double> x) {
  if (q.columns() == 0) return;
  std::vector<double> coordinates(q.columns());
  multiply(1, Op::transpose, q, x.data(), 0, coordinates.data());
  multiply(-1, Op::none, q, coordinates.data(), 1, x.data());
}

/// The linearised rows of one subdomain. The columns of the output layer have an orthonormal basis Q = O T.
class LocalSteps {
 public:
  LocalSteps(const TrainedRows& rows, std::span<const double> parameters, const Linearisation& linear,
             const SolverOptions& options)
      : network_(&rows.network()), residual_(linear.residual) {
    const auto jacobian = rows.jacobian(parameters, linear);
    const bool projected = options.gauss_newton.variable_projection;
    const auto damped = projected ? network_->hidden() : network_->size();
    hidden_ = Matrix(jacobian.rows(), damped);
    std::copy_n(jacobian.data(), hidden_.entries().size(), hidden_.data());
    if (projected) eliminate(jacobian, options.krylov.compression);
    projected_ = hidden_;
    for (std::size_t j = 0; j < damped; ++j) project(basis_, {projected_.column(j), projected_.rows()});
    gram_ = product(Op::transpose, projected_, Op::none, projected_);
    gradient_.resize(damped);
    multiply(1, Op::transpose, projected_, residual_.data(), 0, gradient_.data());
  }

  double largest_column() const {
    double largest = 0;
    for (std::size_t j = 0; j < gram_.columns(); ++j) largest = std::max(largest, gram_(j, j));
    return largest;
  }

  /// Adds the step of this damping. @returns |r|^2 - |J d + r|^2
  double add_step(double damping, std::span<double> parameters) const {
    auto matrix = gram_;
    for (std::size_t j = 0; j < matrix.columns(); ++j) matrix(j, j) += damping;
    std::vector<double> d(gradient_);
    for (auto& value : d) value = -value;
    Cholesky(std::move(matrix)).solve(d.data());
    for (std::size_t j = 0; j < d.size(); ++j) parameters[j] += d[j];
    auto after = residual_;
    multiply(1, Op::none, hidden_, d.data(), 1, after.data());
    add_outputs(after, parameters);
    project(basis_, after);
    return square_sum(residual_) - square_sum(after);
  }

  /// Output layers that minimise the linearised rows alone.
  void add_outputs(const std::vector<double>& rows, std::span<double> parameters) const {
    if (basis_.columns() == 0) return;
    std::vector<double> y(basis_.columns()), c(transform_.rows());
    multiply(-1, Op::transpose, basis_, rows.data(), 0, y.data());
    multiply(1, Op::none, transform_, y.data(), 0, c.data());
    for (std::size_t i = 0; i < c.size(); ++i) parameters[network_->hidden() + i] += c[i];
  }

  /// The linearised rows where only the output layer moves.
  static void solve_outputs(const TrainedRows& rows, std::span<const double> traces,
                            const SolverOptions& options, std::vector<double>& parameters) {
    const auto linear = rows.linearise(parameters, traces);
    LocalSteps steps(rows.network());
    steps.eliminate(rows.jacobian(parameters, linear), options.krylov.compression);
    steps.add_outputs(linear.residual, parameters);
  }

 private:
  explicit LocalSteps(const NetworkParameters& network) : network_(&network) {}

  void eliminate(const Matrix& jacobian, double compression) {
    const auto first = network_->hidden();
    Matrix outputs(jacobian.rows(), jacobian.columns() - first);
    std::copy_n(jacobian.column(first), outputs.entries().size(), outputs.data());
    transform_ = orthonormalising_transform(qr_factor(outputs), compression, jacobian.rows() / 2);
    basis_ = product(Op::none, outputs, Op::none, transform_);
    orthonormalise_again(basis_, transform_);
  }

  const NetworkParameters* network_;
  std::vector<double> residual_;
  Matrix hidden_, projected_;  ///< damped columns, and without what outputs can do
  Matrix transform_, basis_;   ///< T and Q; without variable projection empty
  Matrix gram_;
  std::vector<double> gradient_;
};

}  // namespace

bool gauss_newton_iteration(const TrainedRows& rows, std::span<const double> traces,
                            const SolverOptions& options, Damping& damping, std::vector<double>& parameters) {
  const auto linear = rows.linearise(parameters, traces);
  const double before = square_sum(linear.residual);
  const LocalSteps steps(rows, parameters, linear, options);
  if (steps.largest_column() == 0) {  // hidden layers have no effect as long as output layers are zero
    LocalSteps::solve_outputs(rows, traces, options, parameters);
    return true;
  }
  damping.start(first_damping * steps.largest_column());
  for (int rejections = 0; rejections < Damping::most_rejections; ++rejections) {
    auto trial = parameters;
    const double promised = steps.add_step(damping.value(), trial);
    if (promised <= options.tolerance * before) return false;
    auto after = objective(rows, trial, traces);
    if (after && options.gauss_newton.variable_projection) {
      auto solved = trial;
      LocalSteps::solve_outputs(rows, traces, options, solved);
      if (const auto better = objective(rows, solved, traces); better && *better <= *after) {
        after = better;
        trial = std::move(solved);
      }
    }
    if (damping.judge(after ? (before - *after) / promised : -1)) {
      parameters = std::move(trial);
      return true;
    }
  }
  return false;
}

}  // namespace ddpinn
