// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/interface/trained_rows.hpp"

#include <algorithm>

namespace ddpinn {

TrainedRows::TrainedRows(const Rows& problem, const TraceRows& transmission, std::span<const double> weights,
                         const NetworkParameters& network, Precision precision)
    : problem_(&problem),
      transmission_(&transmission),
      weights_(weights),
      network_(&network),
      rows_(problem, {{transmission.subdomain(), 0}}, network, precision),
      interface_(transmission.basis(), {{transmission.subdomain(), 0}}, network, precision, problem.model(),
                 problem.decomposition()) {}

std::vector<FieldValues> TrainedRows::fields(std::span<const double> parameters) const {
  auto result = problem_->lift();
  rows_.add_fields({&parameters, 1}, result);
  return result;
}

void TrainedRows::set_transmission(std::span<const double> parameters, std::span<const double> traces,
                                   std::vector<double>& residual) const {
  auto fields = transmission_->zero_fields();
  interface_.add_fields({&parameters, 1}, fields);
  const auto values = transmission_->values(fields);
  const auto rows = std::span(residual).last(values.size());
  for (std::size_t r = 0; r < values.size(); ++r) rows[r] = weights_[r] * (values[r] - traces[r]);
}

std::vector<double> TrainedRows::residual(std::span<const double> parameters,
                                          std::span<const double> traces) const {
  auto result = problem_->residual(fields(parameters));
  set_transmission(parameters, traces, result);
  return result;
}

Linearisation TrainedRows::linearise(std::span<const double> parameters,
                                     std::span<const double> traces) const {
  auto result = problem_->linearise(fields(parameters));
  set_transmission(parameters, traces, result.residual);
  return result;
}

void TrainedRows::gradient(std::span<const double> parameters, const Linearisation& linear,
                           std::span<double> gradient) const {
  std::ranges::fill(gradient, 0.0);
  rows_.add_gradient({&parameters, 1}, linear, {&gradient, 1});
  std::vector<double> weighted(weights_.begin(), weights_.end());
  const auto rows = std::span(linear.residual).last(weighted.size());
  for (std::size_t r = 0; r < weighted.size(); ++r) weighted[r] *= rows[r];
  interface_.add_gradient({&parameters, 1}, transmission_->adjoint(weighted), {&gradient, 1});
}

Matrix TrainedRows::jacobian(std::span<const double> parameters, const Linearisation& linear) const {
  auto result = rows_.jacobian(problem_->block(transmission_->subdomain()), {&parameters, 1}, linear);
  transmission_->add_rows(interface_, parameters, weights_, result.rows() - weights_.size(), result);
  return result;
}

}  // namespace ddpinn
