// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/interface/local_trainer.hpp"

#include "parallel/square_sum.hpp"
#include "solver/interface/local_gauss_newton.hpp"
#include "solver/training/lbfgs.hpp"

#include <algorithm>

namespace ddpinn {

LocalTrainer::LocalTrainer(const NetworkParameters& network, const SolverOptions& options,
                           std::vector<double> parameters)
    : options_(&options), parameters_(std::move(parameters)), moments_(network.size()) {}

void LocalTrainer::train(Method method, int steps, const TrainedRows& rows, std::span<const double> traces) {
  if (method == Method::adam) return adam(steps, rows, traces);
  if (method == Method::lbfgs) return lbfgs(steps, rows, traces);
  for (int i = 0; i < steps; ++i)
    if (!gauss_newton_iteration(rows, traces, *options_, damping_, parameters_)) return;
}

std::vector<double> LocalTrainer::numbers() const {
  auto all = damping_.numbers();
  all.push_back(adam_steps_);
  all.insert(all.end(), parameters_.begin(), parameters_.end());
  const auto moments = moments_.numbers(0, parameters_.size());
  all.insert(all.end(), moments.begin(), moments.end());
  return all;
}

void LocalTrainer::take(std::span<const double> numbers) {
  damping_.take({numbers.begin(), numbers.begin() + 2});
  adam_steps_ = static_cast<int>(numbers[2]);
  std::ranges::copy(numbers.subspan(3, parameters_.size()), parameters_.begin());
  moments_.take(numbers.subspan(3 + parameters_.size()), 0);
}

void LocalTrainer::adam(int steps, const TrainedRows& rows, std::span<const double> traces) {
  std::vector<double> gradient(parameters_.size());
  for (int i = 0; i < steps; ++i) {
    rows.gradient(parameters_, rows.linearise(parameters_, traces), gradient);
    moments_.step(learning_rate(options_->adam, adam_steps_++), gradient, parameters_);
  }
}

void LocalTrainer::lbfgs(int steps, const TrainedRows& rows, std::span<const double> traces) {
  const Communicator alone(MPI_COMM_SELF);
  petsc::Vec x;
  petsc::check(VecCreateSeqWithArray(alone.get(), 1, parameters_.size(), parameters_.data(), x.out()));
  Minimisation problem;
  problem.evaluate = [&](::Vec at, ::Vec gradient) {
    const petsc::ConstLocalArray entries(at);
    const auto linear = rows.linearise(entries.get(), traces);
    rows.gradient(entries.get(), linear, petsc::LocalArray(gradient).get());
    return square_sum(linear.residual) / 2;
  };
  problem.tolerance = options_->tolerance;
  problem.max_iterations = steps;
  minimise_by_lbfgs(alone, problem, x);
}

}  // namespace ddpinn
