// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "judge/residual_grid.hpp"

#include "assembly/point_groups.hpp"
#include "assembly/statement_rows.hpp"
#include "problem/form_points.hpp"

#include <algorithm>
#include <cmath>

namespace ddpinn {

namespace {

/// Quadrature points per cell and direction, and nodes that the grid may have.
constexpr int points_a_cell = 2;
constexpr double most_nodes = 1e6;

}  // namespace

ResidualGrid::ResidualGrid(const Field& field, const std::vector<int>& points_a_core)
    : field_(field),
      model_(field.space().model()),
      per_core_(points_a_core),
      grid_(field.space().communicator(), model_, cells()),
      square_(2 * model_.fields.size(), 0.0) {
  for (int k : field.space().owned_cores()) add_core(k);
  solve();
}

double ResidualGrid::error(std::size_t f) const { return std::sqrt(square_[2 * f] / measure_); }
double ResidualGrid::field(std::size_t f) const { return std::sqrt(square_[2 * f + 1] / measure_); }

/// As many cells per core as it has points, so that the grid sees how the residual oscillates between these;
/// fewer where the grid would have too many nodes.
std::vector<int> ResidualGrid::cells() {
  const std::size_t d = model_.dimension();
  per_core_.resize(d, per_core_.at(0));
  for (;;) {
    std::vector<int> result;
    double nodes = 1;
    for (std::size_t i = 0; i < d; ++i) {
      result.push_back(std::max(8, per_core_[i] * cores(i)));
      nodes *= result.back() + 1;
    }
    if (nodes <= most_nodes || *std::ranges::max_element(per_core_) <= 2) return result;
    for (auto& n : per_core_) n = std::max(2, n / 2);
  }
}

/// Cores along a direction, were they all as narrow as the narrowest; at most 64.
int ResidualGrid::cores(int direction) const {
  double narrowest = model_.region.box().width(direction);
  for (int k = 0; k < field_.space().decomposition().cores(); ++k)
    narrowest = std::min(narrowest, field_.space().decomposition()[k].core.width(direction));
  return std::min(64.0, std::round(model_.region.box().width(direction) / narrowest));
}

void ResidualGrid::add_core(int k) {
  std::size_t equation = 0;
  for (const auto& group : model_.groups) {
    if (!group.interior || group.is_weak()) continue;
    add_group(group, k, equation);
    equation += group.statements.size();
  }
}

/// Gauss points on the parts of a core on which windows are smooth: across their borders the low frequencies
/// of the residual, which make the error, would drown in the quadrature error of the high ones.
PointSet ResidualGrid::quadrature(int k) const {
  const auto parts = field_.space().decomposition().core_parts(k);
  std::vector<int> counts;
  for (std::size_t d = 0; d < parts.size(); ++d)
    counts.push_back(points_a_cell * per_core_[d] + 2 * static_cast<int>(parts[d].size() - 1));
  return core_quadrature(model_.region, field_.space().decomposition(), k, counts);
}

void ResidualGrid::add_group(const StatementGroup& group, int k, std::size_t equation) {
  const auto points = only_where(group.where, quadrature(k));
  auto derivatives = group.derivatives();
  for (int f = 0; f < std::ssize(model_.fields); ++f)
    if (std::ranges::find(derivatives, Derivative{f, {}}) == derivatives.end())
      derivatives.push_back({f, {}});
  const auto at = field_.points(points, derivatives);
  const auto values = field_.at(at);
  for (std::size_t s = 0; s < group.statements.size(); ++s) {
    const auto residual = residual_values(group.statements[s], at, values, field_.unknowns());
    for (std::size_t i = 0; i < residual.size(); ++i)
      for (const auto& [node, hat] : grid_.hats(points.x[i])) {
        auto& defect = defect_[node];
        defect.resize(grid_.equations(), 0.0);
        defect[equation + s] -= points.measure[i] * hat * residual[i];
      }
  }
  if (equation == 0) add_samples(points, derivatives, values);
}

void ResidualGrid::add_samples(const PointSet& points, const std::vector<Derivative>& derivatives,
                               const FieldValues& values) {
  for (std::size_t i = 0; i < points.size(); ++i) {
    samples_.push_back({points.x[i], points.measure[i]});
    for (std::size_t a = 0; a < derivatives.size(); ++a)
      if (order(derivatives[a].alpha) == 0)
        square_[2 * static_cast<std::size_t>(derivatives[a].field) + 1] +=
            points.measure[i] * values[a][i] * values[a][i];
  }
}

void ResidualGrid::solve() {
  std::vector<PetscInt> nodes;
  std::vector<double> defect;
  for (const auto& [node, values] : defect_) {
    nodes.push_back(node);
    defect.insert(defect.end(), values.begin(), values.end());
  }
  grid_.touch(nodes);
  std::vector<double> correction(nodes.size() * grid_.fields(), 0.0);
  grid_.linearise(correction);
  grid_.correct(defect, correction);
  measure(nodes, correction);
}

void ResidualGrid::measure(const std::vector<PetscInt>& nodes, const std::vector<double>& correction) {
  const auto fields = grid_.fields();
  for (const auto& [x, measure] : samples_) {
    measure_ += measure;
    for (std::size_t f = 0; f < fields; ++f) {
      double value = 0;
      for (const auto& [node, hat] : grid_.hats(x)) {
        const auto i = std::ranges::lower_bound(nodes, node) - nodes.begin();
        value += hat * correction[static_cast<std::size_t>(i) * fields + f];
      }
      square_[2 * f] += measure * value * value;
    }
  }
  sum(field_.space().communicator(), square_);
  measure_ = sum(field_.space().communicator(), measure_);
}

}  // namespace ddpinn
