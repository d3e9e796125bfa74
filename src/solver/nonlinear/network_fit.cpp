// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/nonlinear/network_fit.hpp"

#include "assembly/box_rows.hpp"
#include "dense/lapack.hpp"
#include "solver/linear/local_system.hpp"

#include <cmath>
#include <numeric>

namespace ddpinn {

FitPoints fit_points(const Model& model, const Decomposition& decomposition, int k, std::size_t features) {
  const int dimension = model.dimension();
  const auto count = static_cast<int>(std::ceil(std::pow(2.0 * features, 1.0 / dimension)));
  const std::vector<int> counts(dimension, count);
  FitPoints result;
  for (const auto& part : box_parts(model.region, decomposition, k)) {
    Drawing drawing{part.box, part.box, counts};
    drawing.kept = [own = decomposition[k].sides](Sides sides) { return sides == own; };
    for (const auto& x : draw_interior(model.region, decomposition, drawing, 0).x) {
      result.x.push_back(x);
      result.cover.push_back(alone(decomposition, k, x, part));
    }
  }
  return result;
}

Matrix fit_network(const Model& model, const Decomposition& decomposition, const FeatureNetwork& network,
                   int k, const FitPoints& points, const FieldValues& fields) {
  constexpr double smoothing = 1e-6;
  const auto n = points.x.size(), count = model.fields.size();
  PointGroup group;
  group.points = {points.x, std::vector<double>(n, 1.0), {}};
  for (std::size_t f = 0; f < count; ++f) group.derivatives.push_back({static_cast<int>(f), {}});
  group.core.assign(n, k);
  for (const auto& cover : points.cover) group.cover.push_back({cover});
  const GroupBasis basis(group, model, decomposition);
  Matrix values(n * count, network.features() * count);
  std::vector<double> residual(n * count);
  std::vector<std::size_t> row(n);
  for (std::size_t f = 0; f < count; ++f) {
    GroupBasis::Linearised linearised(count);
    linearised[f].assign(n, 1.0);
    std::iota(row.begin(), row.end(), f * n);
    basis.add_rows(k, network, linearised, row, values);
    for (std::size_t i = 0; i < n; ++i) residual[f * n + i] = basis.lift()[f][i] - fields[f][i];
  }
  const auto system = local_system(values, residual, {}, smoothing, values.columns());
  Matrix coefficients(network.features(), count);
  if (n > 0) multiply(1, Op::none, system.transform, system.start.data(), 0, coefficients.data());
  return coefficients;
}

}  // namespace ddpinn
