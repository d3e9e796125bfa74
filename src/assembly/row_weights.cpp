// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/row_weights.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace ddpinn {

namespace {

/// How much less than equations noisy observations count.
constexpr double noisy_data_emphasis = 0.01;

/// The root of each point's measure, relative to the mean over its core.
std::vector<double> quadrature_weights(const PointGroup& group, const Decomposition& decomposition) {
  const auto n = group.points.size();
  std::map<int, std::pair<double, double>> total;
  std::vector<double> weights(n);
  for (std::size_t i = 0; i < n; ++i) {
    auto& [measure, count] = total[group.core[i]];
    weights[i] = measure_in_core(group, i, decomposition[group.core[i]].core);
    measure += weights[i];
    count += 1;
  }
  for (std::size_t i = 0; i < n; ++i) {
    const auto& [measure, count] = total[group.core[i]];
    weights[i] = std::sqrt(weights[i] * count / measure);
  }
  return weights;
}

}  // namespace

double measure_in_core(const PointGroup& group, std::size_t i, const Box& core) {
  if (group.points.normal.empty()) return group.points.measure[i];
  double width = 0, volume = 1;
  for (int d = 0; d < core.dimension; ++d) {
    width = std::hypot(width, core.width(d) * group.points.normal[i][d]);
    volume *= core.width(d);
  }
  return group.points.measure[i] * (width > 0 ? width : volume);
}

std::vector<double> automatic_weights(const PointGroup& group, const GroupBasis::Linearised& derivative,
                                      const Decomposition& decomposition, const PartSizes& sizes,
                                      bool condition) {
  const auto n = group.points.size();
  // Coefficients may jump at interfaces, so the parts of a core between them are weighted each by itself.
  const auto part = [&](std::size_t i) {
    const bool one = (group.statements && group.statements->interface) || group.cover.count(i) == 0;
    return std::pair(group.core[i], one ? Sides{0} : decomposition[group.cover.subdomain(i, 0)].sides);
  };
  std::map<std::pair<int, Sides>, double> largest;
  for (std::size_t i = 0; i < n; ++i) {
    const auto& core = decomposition[group.core[i]].core;
    double norm = 0;
    for (std::size_t a = 0; a < derivative.size(); ++a) {
      if (derivative[a].empty()) continue;
      const double size = sizes.at(group, i, group.derivatives[a]);
      norm = std::hypot(norm, over_widths(size * derivative[a][i], core, group.derivatives[a].alpha));
    }
    auto& value = largest[part(i)];
    value = std::max(value, norm);
  }
  auto weights = quadrature_weights(group, decomposition);
  for (std::size_t i = 0; i < n; ++i) {
    const double norm = largest[part(i)];
    if (norm > 0) weights[i] /= norm;
    if (condition) weights[i] *= condition_emphasis;
  }
  return weights;
}

std::vector<double> row_weights(const Statement& statement, const PointGroup& group,
                                const GroupBasis::Linearised& derivative, const Space& space,
                                const PartSizes& sizes, double least) {
  if (statement.deviation && !statement.weight)
    return std::vector<double>(group.points.size(), observation_weight(statement.deviation, least));
  if (!statement.weight) {
    auto weights =
        automatic_weights(group, derivative, space.decomposition(), sizes, !group.statements->interior);
    for (std::size_t i = 0; i < weights.size(); ++i) weights[i] *= sizes.emphasis(statement, group, i);
    return weights;
  }
  auto weights = quadrature_weights(group, space.decomposition());
  for (auto& w : weights) w *= *statement.weight;
  return weights;
}

double smallest_deviation(const Model& model, const NetworkFamily& family) {
  double least = 0;
  for (const auto& group : model.groups)
    for (const auto& statement : group.statements) {
      if (!statement.deviation) continue;
      const auto& arguments = statement.residual.arguments();
      const auto observed = std::ranges::find(arguments, Argument::Kind::field, &Argument::kind);
      const double deviation = *statement.deviation / family.relative_size(observed->derivative.field);
      if (least == 0 || deviation < least) least = deviation;
    }
  return least;
}

double smallest_deviation(const Problem& problem) {
  double least = 0;
  for (const auto& data : problem.data)
    if (data.standard_deviation && (least == 0 || *data.standard_deviation < least))
      least = *data.standard_deviation;
  return least;
}

double observation_weight(const std::optional<double>& deviation, double least) {
  return deviation ? noisy_data_emphasis * least / *deviation : condition_emphasis;
}

}  // namespace ddpinn
