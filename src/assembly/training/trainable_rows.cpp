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
      group.rows.for_each([&](std::size_t i, const auto& place) {
        result[a][i] += slope[i] * linearisation.residual[place.row(s)];
      });
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

namespace {

/// Rows::places by point of the group; of points that the block's subdomain does not cover they mean nothing.
std::vector<std::size_t> places_by_point(const Rows& rows, const Block& block, std::size_t g, std::size_t s) {
  std::vector<std::size_t> result(rows.rows().groups[g].points.size());
  const auto covered = rows.bases()[g].covered(block.subdomain);
  const auto places = rows.places(block, g, s);
  for (std::size_t i = 0; i < covered.size(); ++i) result[covered[i]] = places[i];
  return result;
}

}  // namespace

Matrix TrainableRows::jacobian(const Block& block, ConstArrays parameters,
                               const Linearisation& linearisation) const {
  Matrix result(block.rows, columns_);
  for (std::size_t g = 0; g < groups_.size(); ++g)
    for (std::size_t s = 0; s < linearisation.derivative[g].size(); ++s)
      groups_[g].add_rows(place_.at(block.subdomain), parameters, linearisation.derivative[g][s],
                          places_by_point(*rows_, block, g, s), result);
  return result;
}

}  // namespace ddpinn
