// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// The rows of pressures: their stabilisation, and what fixes them.
#include "grid/grid_operator.hpp"

#include <algorithm>
#include <cmath>

namespace ddpinn {

namespace {

MultiIndex first_derivative(int direction) {
  MultiIndex alpha{};
  alpha[direction] = 1;
  return alpha;
}

}  // namespace

std::size_t GridOperator::entry_of(std::size_t row, const Derivative& derivative) const {
  auto entry = row_begin_[row];
  const std::size_t statement = made_for_[row].statement;
  for (const auto& argument : problem_->statements()[statement].arguments) {
    if (argument.kind != Argument::Kind::field) continue;
    if (argument.derivative == derivative) return entry;
    ++entry;
  }
  return entries_.size();
}

std::vector<PressureRow::Diagonal> GridOperator::diagonal(std::size_t row, int field) const {
  std::vector<PressureRow::Diagonal> result;
  auto entry = row_begin_[row];
  const PetscInt own = first_row_ + row;
  const std::size_t statement = made_for_[row].statement;
  for (const auto& argument : problem_->statements()[statement].arguments) {
    if (argument.kind != Argument::Kind::field) continue;
    double weight = 0;
    for (auto n = entries_[entry].begin; n < end(entry); ++n)
      if (node_[n] == own) weight += weight_[n];
    if (argument.derivative.field == field && weight != 0)
      result.push_back({entry, weight, entries_[entry].kind, order(argument.derivative.alpha) > 0});
    ++entry;
  }
  return result;
}

std::vector<PressureRow::Link> GridOperator::links_along(const PressureRow& pressure, int direction) const {
  std::vector<PressureRow::Link> result;
  const auto alpha = first_derivative(direction);
  const auto fields = problem_->fields(), field = pressure.row % fields, node = pressure.row - field;
  for (std::size_t g = 0; g < fields; ++g) {
    if (g == field || made_for_[node + g].statement < 0 || made_for_[node + g].ghost) continue;
    const auto divergence = entry_of(pressure.row, {static_cast<int>(g), alpha});
    const auto gradient = entry_of(node + g, {static_cast<int>(field), alpha});
    if (divergence != entries_.size() && gradient != entries_.size())
      result.push_back({divergence, gradient, diagonal(node + g, g)});
  }
  return result;
}

void GridOperator::link(PressureRow& pressure) const {
  for (int d : problem_->mesh().space()) pressure.links.push_back(links_along(pressure, d));
}

std::vector<std::vector<double>> GridOperator::linearise_anchors(const std::vector<GridRow>& rows,
                                                                 std::span<const double> values,
                                                                 Linearised& result) const {
  const int time = problem_->mesh().time();
  std::vector<std::vector<double>> residual;
  for (std::size_t a = 0; a < problem_->anchors().size(); ++a) {
    const auto& anchor = problem_->anchors()[a];
    std::vector<Term> terms;
    for (const auto& pressure : pressures_) {
      auto x = anchor.x;
      if (time >= 0) x[time] = rows[pressure.row].x[time];
      terms.push_back({pressure.row, pressure.anchor[a], x});
    }
    residual.push_back(linearise_statement(anchor.statement, rows, terms, values, result));
  }
  return residual;
}

void GridOperator::stabilise(const std::vector<GridRow>& rows, std::span<const double> values,
                             const TimeDifferences& time, Linearised& result) const {
  const auto anchored = linearise_anchors(rows, values, result);
  const auto& mesh = problem_->mesh();
  for (std::size_t p = 0; p < pressures_.size(); ++p) {
    const auto& pressure = pressures_[p];
    const auto coefficient = pressure.coefficients(result.coefficient, time);
    double weight = 0;
    for (std::size_t s = 0; s < coefficient.size(); ++s) {
      const double h = mesh.axis(mesh.space()[s]).spacing();
      weight = std::max(weight, anchor_weight * std::abs(coefficient[s]) / (h * h));
      result.coefficient[pressure.difference[s]] = coefficient[s];
      result.residual[pressure.row] += coefficient[s] * values[pressure.difference[s]];
    }
    for (std::size_t a = 0; a < anchored.size(); ++a) {
      const auto last = a + 1 < anchored.size() ? pressure.anchor[a + 1] : row_begin_[pressure.row + 1];
      for (auto e = pressure.anchor[a]; e < last; ++e) result.coefficient[e] *= weight;
      result.residual[pressure.row] += weight * anchored[a][p];
    }
  }
}

}  // namespace ddpinn
