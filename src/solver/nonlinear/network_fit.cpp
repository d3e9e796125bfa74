// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/nonlinear/network_fit.hpp"

#include "assembly/box_rows.hpp"
#include "dense/lapack.hpp"
#include "solver/linear/local_system.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace ddpinn {

namespace {

/// Gauss points per direction. The Legendre polynomial of degree p vanishes at p of them, which says nothing
/// about its coefficient; at p + 1 the polynomials are orthogonal.
std::vector<int> fit_counts(const NetworkShape& shape) {
  const double wanted = 2.0 * shape.features();
  std::vector<int> counts(shape.dimension, std::ceil(std::pow(wanted, 1.0 / shape.dimension)));
  for (const auto& exponent : shape.exponents())
    for (int d = 0; d < shape.dimension; ++d) counts[d] = std::max(counts[d], exponent[d] + 1);
  return counts;
}

}  // namespace

FitPoints fit_points(const Model& model, const Decomposition& decomposition, int k,
                     const NetworkShape& shape) {
  const auto counts = fit_counts(shape);
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
  const auto lift = basis.lift();
  Matrix values(n * count, network.features() * count);
  std::vector<double> residual(n * count);
  std::vector<std::size_t> row(n);
  for (std::size_t f = 0; f < count; ++f) {
    GroupBasis::Linearised linearised(count);
    linearised[f].assign(n, 1.0);
    std::iota(row.begin(), row.end(), f * n);
    basis.add_rows(k, network, linearised, row, values);
    for (std::size_t i = 0; i < n; ++i) residual[f * n + i] = lift[f][i] - fields[f][i];
  }
  const auto system = local_system(values, {}, smoothing, values.columns());
  Matrix coefficients(network.features(), count);
  if (n == 0) return coefficients;
  std::vector<double> y(system.unknowns());
  multiply(-1, Op::transpose, system.basis, residual.data(), 0, y.data());
  multiply(1, Op::none, system.transform, y.data(), 0, coefficients.data());
  return coefficients;
}

}  // namespace ddpinn
