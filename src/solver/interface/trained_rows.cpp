// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/interface/trained_rows.hpp"

#include <algorithm>
#include <numeric>

namespace ddpinn {

namespace {

/// The derivative of 1/2 |r|^2 with respect to the fields of each group of a local problem.
std::vector<FieldValues> cotangents(const LocalProblem& problem, const Linearisation& linear) {
  std::vector<FieldValues> result;
  const double* residual = linear.residual.data();
  for (std::size_t g = 0; g < problem.groups().size(); ++g) {
    auto& of_group = result.emplace_back(problem.groups()[g].derivatives.size());
    const auto points = problem.groups()[g].points.size();
    for (const auto& slopes : linear.derivative[g]) {
      for (std::size_t a = 0; a < slopes.size(); ++a) {
        if (slopes[a].empty()) continue;
        of_group[a].resize(points, 0.0);
        for (std::size_t i = 0; i < points; ++i) of_group[a][i] += slopes[a][i] * residual[i];
      }
      residual += points;
    }
  }
  return result;
}

}  // namespace

TrainedRows::TrainedRows(const LocalProblem& problem, const TraceRows& transmission,
                         std::span<const double> weights, const NetworkParameters& network,
                         Precision precision)
    : problem_(&problem), transmission_(&transmission), weights_(weights), network_(&network) {
  const std::map<int, std::size_t> place{{transmission.subdomain(), 0}};
  for (const auto& basis : problem.bases())
    groups_.emplace_back(basis, place, network, precision, problem.model(), problem.decomposition());
  interface_.emplace_back(transmission.basis(), place, network, precision, problem.model(),
                          problem.decomposition());
}

std::vector<FieldValues> TrainedRows::fields(std::span<const double> parameters) const {
  auto result = problem_->lift();
  for (std::size_t g = 0; g < groups_.size(); ++g) groups_[g].add_fields({&parameters, 1}, result[g]);
  return result;
}

void TrainedRows::add_transmission(std::span<const double> parameters, std::span<const double> traces,
                                   std::vector<double>& residual) const {
  auto fields = transmission_->zero_fields();
  interface_.front().add_fields({&parameters, 1}, fields);
  const auto values = transmission_->values(fields);
  for (std::size_t r = 0; r < values.size(); ++r) residual.push_back(weights_[r] * (values[r] - traces[r]));
}

std::vector<double> TrainedRows::residual(std::span<const double> parameters,
                                          std::span<const double> traces) const {
  auto result = problem_->residual(fields(parameters));
  add_transmission(parameters, traces, result);
  return result;
}

Linearisation TrainedRows::linearise(std::span<const double> parameters,
                                     std::span<const double> traces) const {
  auto result = problem_->linearise(fields(parameters));
  add_transmission(parameters, traces, result.residual);
  return result;
}

void TrainedRows::gradient(std::span<const double> parameters, const Linearisation& linear,
                           std::span<double> gradient) const {
  std::ranges::fill(gradient, 0.0);
  const auto slopes = cotangents(*problem_, linear);
  for (std::size_t g = 0; g < groups_.size(); ++g)
    groups_[g].add_gradient({&parameters, 1}, slopes[g], {&gradient, 1});
  std::vector<double> weighted(weights_.begin(), weights_.end());
  for (std::size_t r = 0; r < weighted.size(); ++r) weighted[r] *= linear.residual[problem_->rows() + r];
  interface_.front().add_gradient({&parameters, 1}, transmission_->adjoint(weighted), {&gradient, 1});
}

Matrix TrainedRows::jacobian(std::span<const double> parameters, const Linearisation& linear) const {
  Matrix result(count(), network_->size());
  std::size_t begin = 0;
  for (std::size_t g = 0; g < groups_.size(); ++g)
    for (const auto& slopes : linear.derivative[g]) {
      std::vector<std::size_t> row(problem_->groups()[g].points.size());
      std::iota(row.begin(), row.end(), begin);
      begin += row.size();
      groups_[g].add_rows(0, {&parameters, 1}, slopes, row, result);
    }
  transmission_->add_rows(interface_.front(), parameters, weights_, begin, result);
  return result;
}

}  // namespace ddpinn
