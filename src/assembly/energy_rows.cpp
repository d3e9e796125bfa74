// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/energy_rows.hpp"

#include "assembly/row_weights.hpp"
#include "dense/symmetric_eigen.hpp"

#include <algorithm>
#include <cmath>

namespace ddpinn {

namespace {

/// Eigenvalues below this part of the largest are rounding.
constexpr double negligible = 1e-13;

/// The derivatives that rows of the group are linear in, and what a function that varies by one over the core
/// has of each.
struct Units {
  std::vector<std::size_t> column;  ///< of PointGroup::derivatives, by statement
  std::vector<double> of(const PointGroup& group, const Box& core) const {
    std::vector<double> result;
    for (auto a : column) result.push_back(over_widths(1, core, group.derivatives[a].alpha));
    return result;
  }
};

/// A statement is the derivative with respect to one of them: the stresses stand in the order of
/// EnergyDensity::of, those that do not depend on fields left out.
Units units(const PointGroup& group, const std::vector<StatementValues>& values) {
  Units result;
  const auto& energy = *group.statements->energy;
  const bool all = values.size() == energy.of.size();
  for (std::size_t n = 0; n < energy.of.size(); ++n)
    if (all || energy.stress[n].residual.uses_fields())
      result.column.push_back(std::ranges::find(group.derivatives, energy.of[n]) - group.derivatives.begin());
  return result;
}

double entry(const std::vector<StatementValues>& values, const Units& units, std::size_t s, std::size_t t,
             std::size_t i) {
  const auto& column = values[s].derivative[units.column[t]];
  return column.empty() ? 0 : column[i];
}

}  // namespace

EnergyCurvature energy_curvature(const PointGroup& group, const std::vector<StatementValues>& values,
                                 const Decomposition& decomposition) {
  const auto n = group.points.size(), count = values.size();
  EnergyCurvature result;
  result.row.resize(count);
  if (n == 0) return result;
  const auto unit = units(group, values);
  for (auto& row : result.row) {
    row.resize(group.derivatives.size());
    for (auto a : unit.column) row[a].assign(n, 0.0);
  }
  Matrix hessian(count, count), last;
  SymmetricEigen eigen;
  for (std::size_t i = 0; i < n; ++i) {
    const auto size = unit.of(group, decomposition[group.core[i]].core);
    for (std::size_t s = 0; s < count; ++s)
      for (std::size_t t = 0; t < count; ++t)
        hessian(s, t) = entry(values, unit, s, t, i) * size[s] * size[t];
    if (!std::ranges::equal(hessian.entries(), last.entries())) {
      eigen = symmetric_eigen(hessian);
      last = hessian;
    }
    double largest = 0;
    for (double l : eigen.values) largest = std::max(largest, std::abs(l));
    for (std::size_t s = 0; s < count; ++s) {
      const double l = eigen.values[s];
      if (std::abs(l) <= negligible * largest) continue;
      const double root = std::sqrt(group.points.measure[i] * std::abs(l));
      for (std::size_t t = 0; t < count; ++t)
        result.row[s][unit.column[t]][i] = root * eigen.vectors(t, s) / size[t];
      if (l > 0) continue;
      if (result.negative.empty()) result.negative.assign(count, std::vector<char>(n, 0));
      result.negative[s][i] = 1;
    }
  }
  return result;
}

GroupBasis::Linearised energy_forces(const PointGroup& group, const FieldValues& fields,
                                     std::span<const double> unknowns, const Model& model) {
  const auto& energy = *group.statements->energy;
  GroupBasis::Linearised result(group.derivatives.size());
  for (std::size_t n = 0; n < energy.of.size(); ++n) {
    auto values = evaluate(energy.stress[n], group, fields, unknowns, model, false).residual;
    for (std::size_t i = 0; i < values.size(); ++i) values[i] *= group.points.measure[i];
    result[std::ranges::find(group.derivatives, energy.of[n]) - group.derivatives.begin()] =
        std::move(values);
  }
  return result;
}

Amount energy_of(const PointGroup& group, const FieldValues& fields, std::span<const double> unknowns,
                 const Model& model) {
  const auto values =
      evaluate(group.statements->energy->density, group, fields, unknowns, model, false).residual;
  Amount amount;
  for (std::size_t i = 0; i < values.size(); ++i) {
    amount.sum += group.points.measure[i] * values[i];
    amount.terms += group.points.measure[i] * std::abs(values[i]);
  }
  return amount;
}

void add_stiffness(const PointGroup& group, const std::vector<StatementValues>& values,
                   const Decomposition& decomposition, std::size_t fields, Stiffness& stiffness) {
  if (group.points.size() == 0) return;
  const auto unit = units(group, values);
  for (std::size_t i = 0; i < group.points.size(); ++i) {
    const auto size = unit.of(group, decomposition[group.core[i]].core);
    std::vector<double> sums(fields, 0.0);
    for (std::size_t s = 0; s < values.size(); ++s)
      sums[group.derivatives[unit.column[s]].field] +=
          std::abs(entry(values, unit, s, s, i)) * size[s] * size[s];
    auto& largest = stiffness.try_emplace(group.core[i], fields, 0.0).first->second;
    for (std::size_t f = 0; f < fields; ++f) largest[f] = std::max(largest[f], sums[f]);
  }
}

namespace {

std::vector<double> stiffest(const Stiffness& all, std::size_t fields) {
  std::vector<double> largest(fields, 0.0);
  for (const auto& [k, values] : all)
    for (std::size_t f = 0; f < fields; ++f) largest[f] = std::max(largest[f], values[f]);
  return largest;
}

/// The stiffness of a core; that of the stiffest one where it is not known.
std::vector<double> stiffness_of(const Stiffness& all, int core, const std::vector<double>& largest) {
  std::vector<double> result(largest.size(), 0.0);
  if (const auto found = all.find(core); found != all.end()) result = found->second;
  const double most = largest.empty() ? 0 : std::ranges::max(largest);
  for (std::size_t f = 0; f < result.size(); ++f) {
    if (!(result[f] > 0)) result[f] = largest[f];
    if (!(result[f] > 0)) result[f] = most > 0 ? most : 1;
  }
  return result;
}

}  // namespace

std::vector<double> spring_weights(const PointGroup& group, const GroupBasis::Linearised& derivative,
                                   const Decomposition& decomposition, const Stiffness& stiffness,
                                   double factor) {
  const auto n = group.points.size();
  std::vector<double> weights(n, 0.0);
  std::size_t fields = 0;
  for (const auto& d : group.derivatives) fields = std::max<std::size_t>(fields, d.field + 1);
  for (const auto& [k, values] : stiffness) fields = std::max(fields, values.size());
  const auto largest = stiffest(stiffness, fields);
  std::map<int, std::vector<double>> stiff;
  for (std::size_t i = 0; i < n; ++i) {
    const auto& core = decomposition[group.core[i]].core;
    auto& own = stiff[group.core[i]];
    if (own.empty()) own = stiffness_of(stiffness, group.core[i], largest);
    double softness = 0;
    for (std::size_t a = 0; a < derivative.size(); ++a) {
      if (derivative[a].empty()) continue;
      const double slope = over_widths(derivative[a][i], core, group.derivatives[a].alpha);
      softness += slope * slope / own[group.derivatives[a].field];
    }
    if (softness > 0) weights[i] = factor * std::sqrt(measure_in_core(group, i, core) / softness);
  }
  return weights;
}

}  // namespace ddpinn
