// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/energy_rows.hpp"

#include "assembly/row_weights.hpp"
#include "dense/lapack.hpp"
#include "dense/symmetric_eigen.hpp"

#include <algorithm>
#include <cmath>

namespace ddpinn {

namespace {

/// Eigenvalues below this part of the largest are rounding, and so is what a symmetric matrix lacks of being
/// so.
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

std::size_t column_of(const PointGroup& group, const Derivative& derivative) {
  return std::ranges::find(group.derivatives, derivative) - group.derivatives.begin();
}

/// Statements are the curved stresses.
Units units(const PointGroup& group) {
  Units result;
  const auto& form = *group.statements->weak;
  for (auto n : form.curved) result.column.push_back(column_of(group, form.of[n]));
  return result;
}

double entry(const std::vector<StatementValues>& values, const Units& units, std::size_t s, std::size_t t,
             std::size_t i) {
  const auto& column = values[s].derivative[units.column[t]];
  return column.empty() ? 0 : column[i];
}

double largest_of(const Matrix& h) {
  double largest = 0;
  for (double x : h.entries()) largest = std::max(largest, std::abs(x));
  return largest;
}

bool is_symmetric(const Matrix& h) {
  double skew = 0;
  for (std::size_t s = 0; s < h.rows(); ++s)
    for (std::size_t t = 0; t < s; ++t) skew = std::max(skew, std::abs(h(s, t) - h(t, s)));
  return skew <= negligible * largest_of(h);
}

/// sum += factor * sqrt(a), for a positive semidefinite a
void add_root(double factor, const Matrix& a, Matrix& sum) {
  const auto eigen = symmetric_eigen(a);
  for (std::size_t k = 0; k < eigen.values.size(); ++k) {
    const double root = factor * std::sqrt(std::max(0.0, eigen.values[k]));
    for (std::size_t s = 0; s < a.rows(); ++s)
      for (std::size_t t = 0; t < a.rows(); ++t)
        sum(s, t) += root * eigen.vectors(s, k) * eigen.vectors(t, k);
  }
}

Matrix identity(std::size_t n) {
  Matrix result(n, n);
  for (std::size_t i = 0; i < n; ++i) result(i, i) = 1;
  return result;
}

/// A tangent H as R^T S R.
struct Factors {
  std::vector<double> root;  ///< of the eigenvalues of |H|; 0 where they are rounding
  Matrix vectors;            ///< by column; R = root * vectors^T
  Matrix middle;             ///< S; empty where it is 1
};

/// S is diagonal, with the eigenvalues' signs.
Factors of_symmetric(const Matrix& h) {
  auto eigen = symmetric_eigen(h);
  Factors result{{}, std::move(eigen.vectors), {}};
  const double largest = eigen.values.empty() ? 0 : std::abs(eigen.values.front());
  for (std::size_t s = 0; s < h.rows(); ++s) {
    const double l = eigen.values[s];
    result.root.push_back(std::abs(l) <= negligible * largest ? 0 : std::sqrt(std::abs(l)));
    if (l >= 0 || result.root.back() == 0) continue;
    if (result.middle.empty()) result.middle = identity(h.rows());
    result.middle(s, s) = -1;
  }
  return result;
}

Factors of_unsymmetric(const Matrix& h) {
  Matrix amount(h.rows(), h.rows());
  add_root(0.5, product(Op::transpose, h, Op::none, h), amount);
  add_root(0.5, product(Op::none, h, Op::transpose, h), amount);
  auto result = of_symmetric(amount);
  const auto turned =
      product(Op::transpose, result.vectors, Op::none, product(Op::none, h, Op::none, result.vectors));
  result.middle = Matrix(h.rows(), h.rows());
  for (std::size_t s = 0; s < h.rows(); ++s)
    for (std::size_t t = 0; t < h.rows(); ++t)
      if (const double scale = result.root[s] * result.root[t]; scale > 0)
        result.middle(s, t) = turned(s, t) / scale;
  return result;
}

}  // namespace

Curvature curvature_of(const PointGroup& group, const std::vector<StatementValues>& values,
                       const Decomposition& decomposition) {
  const auto n = group.points.size(), count = values.size();
  Curvature result;
  result.row.resize(count);
  if (n == 0) return result;
  const auto unit = units(group);
  for (auto& row : result.row) {
    row.resize(group.derivatives.size());
    for (auto a : unit.column) row[a].assign(n, 0.0);
  }
  Matrix tangent(count, count), last;
  Factors factors;
  for (std::size_t i = 0; i < n; ++i) {
    const auto size = unit.of(group, decomposition[group.core[i]].core);
    for (std::size_t s = 0; s < count; ++s)
      for (std::size_t t = 0; t < count; ++t)
        tangent(s, t) = entry(values, unit, s, t, i) * size[s] * size[t];
    if (!std::ranges::equal(tangent.entries(), last.entries())) {
      factors = is_symmetric(tangent) ? of_symmetric(tangent) : of_unsymmetric(tangent);
      last = tangent;
    }
    for (std::size_t s = 0; s < count; ++s)
      for (std::size_t t = 0; t < count; ++t)
        result.row[s][unit.column[t]][i] =
            std::sqrt(group.points.measure[i]) * factors.root[s] * factors.vectors(t, s) / size[t];
    if (factors.middle.empty()) continue;
    result.middle.resize(n);
    result.middle[i] = factors.middle;
  }
  return result;
}

GroupBasis::Linearised weak_forces(const PointGroup& group, const FieldValues& fields,
                                   std::span<const double> unknowns, const Model& model) {
  const auto& form = *group.statements->weak;
  GroupBasis::Linearised result(group.derivatives.size());
  for (std::size_t n = 0; n < form.of.size(); ++n) {
    auto values = evaluate(form.stress[n], group, fields, unknowns, model, false).residual;
    for (std::size_t i = 0; i < values.size(); ++i) values[i] *= group.points.measure[i];
    result[column_of(group, form.of[n])] = std::move(values);
  }
  return result;
}

Amount energy_of(const PointGroup& group, const FieldValues& fields, std::span<const double> unknowns,
                 const Model& model) {
  const auto values =
      evaluate(*group.statements->weak->density, group, fields, unknowns, model, false).residual;
  Amount amount;
  for (std::size_t i = 0; i < values.size(); ++i) {
    amount.sum += group.points.measure[i] * values[i];
    amount.terms += group.points.measure[i] * std::abs(values[i]);
  }
  return amount;
}

Amount weak_work(const PointGroup& group, const FieldValues& fields, const FieldValues& variation,
                 std::span<const double> unknowns, const Model& model) {
  const auto forces = weak_forces(group, fields, unknowns, model);
  Amount amount;
  for (std::size_t a = 0; a < forces.size(); ++a)
    for (std::size_t i = 0; i < forces[a].size(); ++i) {
      amount.sum += forces[a][i] * variation[a][i];
      amount.terms += std::abs(forces[a][i] * variation[a][i]);
    }
  return amount;
}

void add_stiffness(const PointGroup& group, const std::vector<StatementValues>& values,
                   const Decomposition& decomposition, std::size_t fields, Stiffness& stiffness) {
  if (group.points.size() == 0) return;
  const auto unit = units(group);
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
