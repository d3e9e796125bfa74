// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "judge/a_posteriori.hpp"

#include "assembly/point_groups.hpp"
#include "assembly/statement_rows.hpp"
#include "judge/conservation.hpp"
#include "judge/error_norms.hpp"
#include "judge/residual_grid.hpp"
#include "problem/highest_order.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <limits>

namespace ddpinn {

namespace {

/// Of the estimate; points per direction on a core; seed of the points, other than any that users give.
constexpr double safety = 1.5;
constexpr int fresh_points = 11;
constexpr std::uint64_t fresh_seed = 0x6672657368;

/// All over a core, whatever networks are there.
Drawing fresh(const Box& core) {
  const std::vector<int> counts(core.dimension, fresh_points);
  return {core, core, counts, counts, fresh_points, Sampling::sobol};
}

/// Sums of one statement over points.
struct Sums {
  double square = 0, measure = 0, largest = 0;
  long long points = 0;

  void add(double residual, double weight) {
    square += weight * residual * residual;
    measure += weight;
    largest = std::max(largest, std::abs(residual));
    ++points;
  }
};

FreshResidual reduce(const Communicator& comm, const Statement& statement, bool condition, const Sums& sums) {
  FreshResidual result{statement.name, condition};
  const double square = sum(comm, sums.square), measure = sum(comm, sums.measure);
  result.rms = measure > 0 ? std::sqrt(square / measure) : 0;
  result.largest = max(comm, sums.largest);
  result.points = sum(comm, sums.points);
  result.order = highest_order(statement);
  return result;
}

/// The narrowest core's mean width.
double core_width(const Decomposition& decomposition) {
  double least = std::numeric_limits<double>::infinity();
  for (int k = 0; k < decomposition.cores(); ++k) {
    double product = 1;
    for (int d = 0; d < decomposition.dimension(); ++d) product *= decomposition[k].core.width(d);
    least = std::min(least, std::pow(product, 1.0 / decomposition.dimension()));
  }
  return least;
}

}  // namespace

std::vector<FreshResidual> fresh_residuals(const Field& field) {
  const auto& space = field.space();
  const auto& model = space.model();
  const auto cores = space.owned_cores();
  std::vector<FreshResidual> result;
  for (const auto& group : model.groups) {
    if (!group.points.empty() || group.is_weak()) continue;
    PointSet points;
    for (int k : cores) {
      std::uint64_t stream = fresh_seed + 16 * static_cast<std::uint64_t>(k);
      const auto drawing = fresh(space.decomposition()[k].core);
      append(points, draw(group, model.region, space.decomposition(), drawing, stream).points);
    }
    const auto at = field.points(std::move(points), group.derivatives());
    const auto values = field.at(at);
    for (const auto& statement : group.statements) {
      Sums sums;
      const auto residual = residual_values(statement, at, values, field.unknowns());
      for (std::size_t i = 0; i < residual.size(); ++i) sums.add(residual[i], at.points.measure[i]);
      result.push_back(reduce(space.communicator(), statement, !group.interior, sums));
    }
  }
  return result;
}

std::vector<ErrorEstimate> estimate_by_residual(const Field& field,
                                                const std::vector<FreshResidual>& residuals,
                                                const std::vector<int>& points_a_core) {
  const auto& model = field.space().model();
  if (!model.unknowns.empty() || model.is_weak()) return {};
  for (const auto& residual : residuals)
    if (!model.affine || (!residual.condition && residual.order < 2)) return {};
  double conditions = 0;
  const double width = core_width(field.space().decomposition());
  for (const auto& residual : residuals)
    if (residual.condition) conditions += residual.rms * std::pow(width, residual.order);
  const ResidualGrid grid(field, points_a_core);
  std::vector<ErrorEstimate> result;
  for (std::size_t f = 0; f < model.fields.size(); ++f)
    result.push_back({model.fields[f], relative(safety * (grid.error(f) + conditions), grid.field(f)), 0});
  return result;
}

std::vector<std::string> a_posteriori_lines(const Result& result) {
  std::vector<std::string> lines;
  for (const auto& r : result.fresh_residuals)
    lines.push_back(fmt::format("a posteriori: {}={} residual_rms={:.3e} residual_max={:.3e} fresh_points={}",
                                r.condition ? "condition" : "equation", r.name, r.rms, r.largest, r.points));
  for (const auto& estimate : result.grid_estimates) {
    auto line = fmt::format("a posteriori: field={} estimated_l2_relative={:.3e}", estimate.field,
                            estimate.l2_relative);
    for (const auto& error : result.errors)
      if (error.field == estimate.field)
        line += fmt::format(" estimate_over_error={:.2f}", relative(estimate.l2_relative, error.l2_relative));
    lines.push_back(line);
  }
  for (const auto& line : balance_lines(result.balances)) lines.push_back(line);
  return lines;
}

}  // namespace ddpinn
