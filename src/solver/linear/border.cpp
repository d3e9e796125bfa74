// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/linear/border.hpp"

#include "dense/lapack.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace ddpinn {

namespace {

double dot(const std::vector<double>& a, const std::vector<double>& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

/// S n = b for the scalars in `which`, scaled by the diagonal, since scalars have units of their own.
std::vector<double> solve_some(const Matrix& s, const std::vector<std::size_t>& which,
                               std::vector<double> b) {
  const auto m = which.size();
  Matrix scaled(m, m);
  const auto scale = [&](std::size_t i) { return std::sqrt(s(which[i], which[i])); };
  for (std::size_t i = 0; i < m; ++i)
    for (std::size_t j = 0; j < m; ++j) scaled(i, j) = s(which[i], which[j]) / (scale(i) * scale(j));
  for (std::size_t i = 0; i < m; ++i) b[i] /= scale(i);
  Cholesky(scaled).solve(b.data());
  for (std::size_t i = 0; i < m; ++i) b[i] /= scale(i);
  return b;
}

std::vector<std::size_t> places(const std::vector<bool>& flags) {
  std::vector<std::size_t> result;
  for (std::size_t i = 0; i < flags.size(); ++i)
    if (flags[i]) result.push_back(i);
  return result;
}

/// Of the scalars in `order`, those whose row of S is, to rounding, no combination of the rows before it.
std::vector<bool> independent(const Matrix& s, const std::vector<std::size_t>& order) {
  constexpr double rounding = 1e-10;
  std::vector<bool> result(s.rows(), false);
  auto rest = s;
  for (auto i : order) {
    if (!(rest(i, i) > rounding * s(i, i))) continue;
    result[i] = true;
    const auto pivot = rest;
    for (std::size_t j = 0; j < s.rows(); ++j)
      for (std::size_t k = 0; k < s.rows(); ++k) rest(j, k) -= pivot(j, i) * pivot(i, k) / pivot(i, i);
  }
  return result;
}

}  // namespace

Determined determined(const Matrix& s, const std::vector<bool>& seen) {
  const auto order = places(seen);
  Determined result{independent(s, order), std::vector<bool>(s.rows(), false)};
  for (auto i : order) {
    auto last = order;
    last.erase(std::ranges::find(last, i));
    last.push_back(i);
    result.unique[i] = independent(s, last)[i];
  }
  return result;
}

Room room(const std::vector<Unknown>& unknowns, const std::vector<double>& values) {
  Room result;
  for (std::size_t i = 0; i < unknowns.size(); ++i) {
    result.lower.push_back(unknowns[i].lower - values[i]);
    result.upper.push_back(unknowns[i].upper - values[i]);
  }
  return result;
}

double moved(double value, double step, const Unknown& unknown) {
  if (step <= unknown.lower - value) return unknown.lower;
  if (step >= unknown.upper - value) return unknown.upper;
  return value + step;
}

std::vector<double> bounded_minimum(const Matrix& s, const std::vector<double>& g, std::vector<bool> free,
                                    const std::vector<double>& lower, const std::vector<double>& upper) {
  std::vector<double> n(g.size(), 0.0);
  for (auto which = places(free); !which.empty(); which = places(free)) {
    std::vector<double> b;
    for (auto i : which) {
      b.push_back(-g[i]);
      for (std::size_t j = 0; j < g.size(); ++j)
        if (!free[j]) b.back() -= s(i, j) * n[j];
    }
    const auto found = solve_some(s, which, b);
    bool inside = true;
    for (std::size_t k = 0; k < which.size(); ++k) {
      const auto i = which[k];
      n[i] = std::clamp(found[k], lower[i], upper[i]);
      if (n[i] == found[k]) continue;
      free[i] = inside = false;
    }
    if (inside) break;
  }
  return n;
}

Border::Border(const JacobianOperator& jacobian, const Preconditioner& preconditioner,
               const SolverOptions& options, const std::vector<std::vector<double>>& columns,
               const Monitor& monitor, int nonlinear)
    : comm_(&jacobian.communicator()) {
  auto silent = monitor;  // the history is about the fields
  silent.iteration = nullptr;
  for (const auto& column : columns) {
    const auto& y = answers_.emplace_back(jacobian.create_unknowns());
    iterations_ +=
        solve_least_squares(jacobian, preconditioner, options, column, y, silent, nonlinear).iterations;
    auto& rows = projected_.emplace_back(column.size());
    jacobian.multiply(y, rows);
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i] += column[i];
    constexpr double rounding = 1e-20;  // of squares: a projection is exact to about 1e-10
    negligible_.push_back(rounding * sum(*comm_, dot(column, column)));
  }
  reduce();
}

Border::Border(const Communicator& comm, std::vector<std::vector<double>> columns,
               std::vector<double> negligible)
    : comm_(&comm), projected_(std::move(columns)), negligible_(std::move(negligible)) {
  reduce();
}

void Border::reduce() {
  schur_ = gram();
  std::vector<bool> seen;
  for (std::size_t i = 0; i < negligible_.size(); ++i) seen.push_back(schur_(i, i) > negligible_[i]);
  determined_ = determined(schur_, seen);
}

Matrix Border::gram() const {
  const auto m = projected_.size();
  Matrix result(m, m);
  for (std::size_t i = 0; i < m; ++i)
    for (std::size_t j = 0; j < m; ++j) result(i, j) = dot(projected_[i], projected_[j]);
  sum(*comm_, result.entries());
  return result;
}

/// Q^T C Q.
Matrix Border::spread(const RowErrors& errors) const {
  const auto m = projected_.size();
  Matrix result(m, m);
  for (std::size_t i = 0; i < m; ++i)
    for (std::size_t j = 0; j < m; ++j)
      for (std::size_t r = 0; r < errors.independent.size(); ++r)
        result(i, j) += projected_[i][r] * projected_[j][r] * errors.independent[r] * errors.independent[r];
  const auto add_square = [&](const std::vector<double>& pull) {
    for (std::size_t i = 0; i < m; ++i)
      for (std::size_t j = 0; j < m; ++j) result(i, j) += pull[i] * pull[j];
  };
  std::vector<double> all(m);
  for (const auto& cluster : errors.clusters) {
    std::vector<double> pull(m);
    for (std::size_t i = 0; i < m; ++i)
      for (auto r : cluster) pull[i] += projected_[i][r] * errors.values[r];
    for (std::size_t i = 0; i < m; ++i) all[i] += pull[i];
    add_square(pull);
  }
  sum(*comm_, result.entries());
  sum(*comm_, all);
  add_square(all);
  return result;
}

std::vector<double> Border::solve(const std::vector<double>& residual, const std::vector<double>& lower,
                                  const std::vector<double>& upper, double damping) const {
  std::vector<double> gradient;
  for (const auto& column : projected_) gradient.push_back(dot(column, residual));
  sum(*comm_, gradient);
  auto damped = schur_;
  for (std::size_t i = 0; i < damped.rows(); ++i) damped(i, i) *= 1 + damping;
  return bounded_minimum(damped, gradient, determined_.solved, lower, upper);
}

double Border::decrease(const std::vector<double>& residual, const std::vector<double>& scalars) const {
  double linear = 0, quadratic = 0;
  for (std::size_t i = 0; i < scalars.size(); ++i) {
    linear += scalars[i] * dot(projected_[i], residual);
    for (std::size_t j = 0; j < scalars.size(); ++j) quadratic += scalars[i] * schur_(i, j) * scalars[j];
  }
  return -2 * sum(*comm_, linear) - quadratic;
}

Matrix Border::covariance(const RowErrors& errors) const {
  const auto which = places(determined_.solved);
  const auto spreads = spread(errors);
  std::vector<std::vector<double>> inverse;  // rows of S^-1
  for (std::size_t k = 0; k < which.size(); ++k) {
    std::vector<double> unit(which.size(), 0.0);
    unit[k] = 1;
    inverse.push_back(solve_some(schur_, which, unit));
  }
  Matrix result(projected_.size(), projected_.size());
  for (std::size_t k = 0; k < which.size(); ++k)
    for (std::size_t l = 0; l < which.size(); ++l)
      for (std::size_t i = 0; i < which.size(); ++i)
        for (std::size_t j = 0; j < which.size(); ++j)
          result(which[k], which[l]) += inverse[k][i] * spreads(which[i], which[j]) * inverse[l][j];
  return result;
}

std::vector<double> Border::standard_errors(const RowErrors& errors) const {
  const auto all = covariance(errors);
  std::vector<double> result(all.rows(), std::numeric_limits<double>::infinity());
  for (std::size_t i = 0; i < result.size(); ++i)
    if (determined_.solved[i] && determined_.unique[i]) result[i] = std::sqrt(std::max(0.0, all(i, i)));
  return result;
}

std::vector<std::vector<double>> deviations(const Matrix& covariance) {
  const auto m = covariance.rows();
  std::vector<double> size(m);  // scalars have units of their own
  for (std::size_t i = 0; i < m; ++i) size[i] = std::sqrt(std::max(0.0, covariance(i, i)));
  Matrix correlation(m, m);
  for (std::size_t i = 0; i < m; ++i)
    for (std::size_t j = 0; j < m; ++j)
      if (size[i] > 0 && size[j] > 0) correlation(i, j) = covariance(i, j) / (size[i] * size[j]);
  const auto [values, vectors] = right_singular(std::move(correlation));
  std::vector<std::vector<double>> result;
  for (std::size_t k = 0; k < m && values[k] > 0; ++k) {
    auto& change = result.emplace_back(m);
    for (std::size_t i = 0; i < m; ++i) change[i] = std::sqrt(values[k]) * size[i] * vectors(i, k);
  }
  return result;
}

}  // namespace ddpinn
