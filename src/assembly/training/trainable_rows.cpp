// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/training/trainable_rows.hpp"

namespace ddpinn {

namespace {

/// The derivative of 1/2 |r|^2 with respect to the fields and derivatives at the points of a group.
FieldValues cotangent(const Rows& discretisation, std::size_t g, const Linearisation& linearisation) {
  const auto& group = discretisation.rows().groups[g];
  FieldValues result(group.derivatives.size());
  for (std::size_t s = 0; s < linearisation.derivative[g].size(); ++s)
    for (std::size_t a = 0; a < linearisation.derivative[g][s].size(); ++a) {
      const auto& slope = linearisation.derivative[g][s][a];
      if (slope.empty()) continue;
      result[a].resize(slope.size(), 0.0);
      for (std::size_t i = 0; i < slope.size(); ++i)
        result[a][i] += slope[i] * linearisation.residual[group.row[i] + s * group.stride[i]];
    }
  return result;
}

}  // namespace

TrainableRows::TrainableRows(const Rows& rows, std::map<int, std::size_t> place,
                             const NetworkParameters& network, Precision precision)
    : rows_(&rows), place_(std::move(place)), columns_(network.size()) {
  for (const auto& basis : rows.bases())
    groups_.emplace_back(basis, place_, network, precision, rows.model(), rows.decomposition());
}

void TrainableRows::add_fields(ConstArrays parameters, std::vector<FieldValues>& fields) const {
  for (std::size_t g = 0; g < groups_.size(); ++g) groups_[g].add_fields(parameters, fields[g]);
}

void TrainableRows::add_gradient(ConstArrays parameters, const Linearisation& linearisation,
                                 Arrays gradients) const {
  for (std::size_t g = 0; g < groups_.size(); ++g)
    groups_[g].add_gradient(parameters, cotangent(*rows_, g, linearisation), gradients);
}

Matrix TrainableRows::jacobian(const Block& block, ConstArrays parameters,
                               const Linearisation& linearisation) const {
  Matrix result(block.rows, columns_);
  for (std::size_t g = 0; g < groups_.size(); ++g)
    for (std::size_t s = 0; s < linearisation.derivative[g].size(); ++s)
      groups_[g].add_rows(place_.at(block.subdomain), parameters, linearisation.derivative[g][s],
                          rows_->places(block, g, s), result);
  return result;
}

}  // namespace ddpinn
