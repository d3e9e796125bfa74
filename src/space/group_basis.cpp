// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "space/group_basis.hpp"

#include <algorithm>
#include <cmath>

namespace ddpinn {

namespace {

/// Points whose features are evaluated together: few enough that their rows stay in cache.
constexpr std::size_t batch_size = 128;

}  // namespace

GroupBasis::GroupBasis(const PointGroup& group, const Model& model, const Decomposition& decomposition)
    : group_(&group), decomposition_(&decomposition), fields_(model.fields.size()) {
  find_runs();
  prepare_enforcement(model);
}

void GroupBasis::find_runs() {
  const auto& covers = group_->cover;
  for (std::size_t i = 0, end; i < covers.size(); i = end) {
    for (end = i + 1; end < covers.size() && covers.alike(i, end);) ++end;
    for (std::size_t c = 0; c < covers.count(i); ++c) {
      auto& runs = runs_[covers.subdomain(i, c)];
      if (!runs.empty() && runs.back().end == i && runs.back().place == c)
        runs.back().end = end;
      else
        runs.push_back({i, end, c});
    }
  }
}

void GroupBasis::prepare_enforcement(const Model& model) {
  const auto& x = group_->points.x;
  factor_.resize(fields_);
  lift_.resize(group_->derivatives.size());
  for (std::size_t f = 0; f < fields_; ++f) {
    if (!model.enforcement[f]) continue;
    factor_[f] = model.enforcement[f]->factor.differentiate(x, group_->space.indices());
    for (std::size_t i = 0; i < group_->space.size(); ++i)
      for (auto& value : factor_[f][i]) value /= factorial(group_->space[i]);
    std::vector<MultiIndex> alphas;
    std::vector<std::size_t> places;
    for (std::size_t a = 0; a < group_->derivatives.size(); ++a)
      if (static_cast<std::size_t>(group_->derivatives[a].field) == f) {
        alphas.push_back(group_->derivatives[a].alpha);
        places.push_back(a);
      }
    auto lift = model.enforcement[f]->lift.differentiate(x, alphas);
    for (std::size_t i = 0; i < places.size(); ++i) lift_[places[i]] = std::move(lift[i]);
  }
}

FieldValues GroupBasis::lift() const {
  auto result = lift_;
  for (auto& column : result) column.resize(group_->points.size(), 0.0);
  return result;
}

void GroupBasis::subtract_lift(FieldValues& fields) const {
  for (std::size_t a = 0; a < fields.size(); ++a)
    for (std::size_t i = 0; i < lift_[a].size(); ++i) fields[a][i] -= lift_[a][i];
}

std::vector<int> GroupBasis::subdomains() const {
  std::vector<int> result;
  for (const auto& [k, runs] : runs_) result.push_back(k);
  return result;
}

std::vector<std::size_t> GroupBasis::covered(int k) const {
  std::vector<std::size_t> points;
  if (const auto found = runs_.find(k); found != runs_.end())
    for (const auto& run : found->second)
      for (auto i = run.begin; i < run.end; ++i) points.push_back(i);
  return points;
}

void GroupBasis::for_each_cover(int k, const std::function<void(std::size_t, const Cover&)>& visit) const {
  if (const auto found = runs_.find(k); found != runs_.end())
    for (const auto& run : found->second)
      for (auto i = run.begin; i < run.end; ++i) visit(i, group_->cover.at(i, run.place));
}

/// d^alpha/dx^alpha of a function of xi, per Taylor coefficient in xi, by multi-index: the chain rule of the
/// affine map to the box.
std::vector<double> GroupBasis::chain(int k) const {
  const auto half = decomposition_->half_widths(k);
  std::vector<double> factors;
  for (const auto& alpha : group_->space.indices()) {
    double& factor = factors.emplace_back(1);
    for (int d = 0; d < group_->space.dimension(); ++d) factor /= std::pow(half[d], alpha[d]);
  }
  return factors;
}

const FeatureKernel& GroupBasis::kernel(const FeatureNetwork& network) const {
  if (!kernel_) kernel_ = kind_of(network.shape())->features(network.shape(), group_->space);
  return *kernel_;
}

void GroupBasis::for_each_batch(int k, const Batch& visit) const {
  std::vector<Entry> batch;
  std::vector<Point> xi;
  std::size_t number = 0;
  const auto flush = [&] {
    if (batch.empty()) return;
    visit(batch, xi);
    batch.clear();
    xi.clear();
  };
  for_each_cover(k, [&](std::size_t point, const Cover& cover) {
    batch.push_back({point, number++, cover});
    xi.push_back(cover.xi);
    if (batch.size() == batch_size) flush();
  });
  flush();
}

/// Taylor coefficients of D w, by entry and multi-index.
Matrix GroupBasis::envelope_jets(std::size_t field, std::span<const Entry> batch) const {
  const auto& space = group_->space;
  const auto n = batch.size();
  auto window = Matrix::uninitialised(n, space.size());
  for (std::size_t i = 0; i < space.size(); ++i)
    for (std::size_t e = 0; e < n; ++e) window(e, i) = batch[e].cover.window_jet(space[i]);
  const auto& factor = factor_[field];
  if (factor.empty()) return window;
  Matrix envelope(n, space.size());
  for (std::size_t i = 0; i < space.size(); ++i)
    for (const auto& [left, right] : space.factors(i))
      for (std::size_t e = 0; e < n; ++e) envelope(e, i) += factor[left][batch[e].point] * window(e, right);
  return envelope;
}

std::vector<double> GroupBasis::jet_factors(const Derivative& derivative, std::size_t point,
                                            const Cover& cover) const {
  const auto& space = group_->space;
  std::vector<double> result(space.size(), 0.0);
  if (cover.side != derivative.side) return result;
  const Entry entry{point, 0, cover};
  const auto envelope = envelope_jets(derivative.field, {&entry, 1});
  const auto factors = chain(cover.subdomain);
  for (const auto& [left, right] : space.factors(space.index_of(derivative.alpha)))
    result[right] += factorial(derivative.alpha) * envelope(0, left) * factors[right];
  return result;
}

void GroupBasis::add_field(int k, const FeatureNetwork& network, const Matrix& coefficients,
                           FieldValues& values) const {
  const auto& space = group_->space;
  const auto factors = chain(k);
  std::vector<Matrix> sums;
  for_each_batch(k, [&](std::span<const Entry> batch, std::span<const Point> xi) {
    kernel(network).evaluate(network, xi, coefficients, sums);
    for (std::size_t i = 0; i < space.size(); ++i)
      for (auto& value : sums[i].entries()) value *= factors[i];
    std::vector<double> taylor(batch.size());
    for (std::size_t f = 0; f < fields_; ++f) {
      const auto envelope = envelope_jets(f, batch);
      for (std::size_t a = 0; a < group_->derivatives.size(); ++a) {
        const auto& [field, alpha, side] = group_->derivatives[a];
        if (static_cast<std::size_t>(field) != f) continue;
        std::ranges::fill(taylor, 0.0);
        for (const auto& [left, right] : space.factors(space.index_of(alpha)))
          for (std::size_t e = 0; e < batch.size(); ++e) taylor[e] += envelope(e, left) * sums[right](e, f);
        const double scale = factorial(alpha);
        for (std::size_t e = 0; e < batch.size(); ++e)
          if (batch[e].cover.side == side) values[a][batch[e].point] += scale * taylor[e];
      }
    }
  });
}

/// By entry and multi-index: what multiplies the network's Taylor coefficient (in xi) in the linearised
/// statement; empty where that is zero.
Matrix GroupBasis::batch_coefficients(std::size_t field, int k, std::span<const Entry> batch,
                                      const Linearised& linearised) const {
  const auto& space = group_->space;
  const auto envelope = envelope_jets(field, batch);
  const auto factors = chain(k);
  Matrix result;
  for (std::size_t a = 0; a < linearised.size(); ++a) {
    const auto& derivative = group_->derivatives[a];
    if (linearised[a].empty() || static_cast<std::size_t>(derivative.field) != field) continue;
    if (result.empty()) result = Matrix(batch.size(), space.size());
    const double scale = factorial(derivative.alpha);
    for (const auto& [left, right] : space.factors(space.index_of(derivative.alpha))) {
      const double weight = scale * factors[right];
      for (std::size_t e = 0; e < batch.size(); ++e)
        if (batch[e].cover.side == derivative.side)
          result(e, right) += weight * linearised[a][batch[e].point] * envelope(e, left);
    }
  }
  return result;
}

void GroupBasis::add_rows(int k, const FeatureNetwork& network, const Linearised& linearised,
                          std::span<const std::size_t> row, Matrix& block) const {
  Matrix sums;
  for_each_batch(k, [&](std::span<const Entry> batch, std::span<const Point> xi) {
    std::vector<std::size_t> place(batch.size());
    for (std::size_t e = 0; e < batch.size(); ++e) place[e] = row[batch[e].number];
    std::vector<Matrix> coefficients;
    for (std::size_t f = 0; f < fields_; ++f)
      coefficients.push_back(batch_coefficients(f, k, batch, linearised));
    if (sums.rows() != batch.size()) sums = Matrix::uninitialised(batch.size(), fields_ * network.features());
    kernel(network).rows(network, xi, coefficients, sums);
    for (std::size_t f = 0; f < fields_; ++f) {
      if (coefficients[f].empty()) continue;
      for (std::size_t j = f * network.features(); j < (f + 1) * network.features(); ++j) {
        const double* sum = sums.column(j);
        double* target = block.column(j);
        for (std::size_t e = 0; e < batch.size(); ++e) target[place[e]] += sum[e];
      }
    }
  });
}

}  // namespace ddpinn
