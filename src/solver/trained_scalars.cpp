// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/trained_scalars.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace ddpinn {

double unit_of(const Unknown& unknown) {
  if (unknown.initial != 0) return std::abs(unknown.initial);
  const double width = unknown.upper - unknown.lower;
  return std::isfinite(width) && width > 0 ? width : 1;
}

TrainedScalars::TrainedScalars(const Communicator& comm, Discretisation& discretisation)
    : comm_(&comm), discretisation_(&discretisation) {
  for (const auto& unknown : model()) units_.push_back(unit_of(unknown));
}

bool TrainedScalars::bounded() const {
  return std::ranges::any_of(
      model(), [](const Unknown& u) { return std::isfinite(u.lower) || std::isfinite(u.upper); });
}

std::vector<double> TrainedScalars::lower() const {
  std::vector<double> result;
  for (std::size_t i = 0; i < size(); ++i) result.push_back(model()[i].lower / units_[i]);
  return result;
}

std::vector<double> TrainedScalars::upper() const {
  std::vector<double> result;
  for (std::size_t i = 0; i < size(); ++i) result.push_back(model()[i].upper / units_[i]);
  return result;
}

std::vector<double> TrainedScalars::values() const {
  std::vector<double> result;
  for (std::size_t i = 0; i < size(); ++i) result.push_back(discretisation_->unknowns()[i] / units_[i]);
  return result;
}

void TrainedScalars::set(std::span<const double> values) {
  std::vector<double> unknowns;
  for (std::size_t i = 0; i < size(); ++i)
    unknowns.push_back(std::clamp(values[i] * units_[i], model()[i].lower, model()[i].upper));
  if (!unknowns.empty()) discretisation_->set_unknowns(std::move(unknowns));
}

std::vector<double> TrainedScalars::gradient(const Linearisation& linear) const {
  std::vector<double> result;
  for (std::size_t i = 0; i < size(); ++i)
    result.push_back(units_[i] * std::inner_product(linear.residual.begin(), linear.residual.end(),
                                                    linear.unknowns[i].begin(), 0.0));
  if (!result.empty()) sum(*comm_, result);
  return result;
}

}  // namespace ddpinn
