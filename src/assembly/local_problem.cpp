// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/local_problem.hpp"

#include "assembly/row_weights.hpp"
#include "base/random.hpp"
#include "geometry/tensor_points.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace ddpinn {

namespace {

/// The intervals of one direction, each with its shift.
std::vector<std::pair<std::array<double, 2>, double>> interval_parts(const Region& region, int d,
                                                                     double lower, double upper) {
  const double first = region.box().lower[d], last = region.box().upper[d], length = last - first;
  if (!region.periodic(d)) return {{{std::max(lower, first), std::min(upper, last)}, 0.0}};
  std::vector<std::pair<std::array<double, 2>, double>> parts;
  for (const double shift : {-length, 0.0, length}) {
    const double low = std::max(lower - shift, first), high = std::min(upper - shift, last);
    if (high - low > region.box().rounding(d)) parts.push_back({{low, high}, shift});
  }
  return parts;
}

/// Points of a part of the box: as many of `count` as its share of the box's width.
int share(int count, double part, double whole) {
  return std::max(1, static_cast<int>(std::ceil(count * std::min(1.0, part / whole) - 1e-9)));
}

}  // namespace

std::vector<BoxPart> box_parts(const Region& region, const Decomposition& decomposition, int k) {
  const auto& box = decomposition[k].box;
  std::vector<BoxPart> parts{{box, {}}};
  for (int d = 0; d < box.dimension; ++d) {
    std::vector<BoxPart> cut;
    for (const auto& [interval, shift] : interval_parts(region, d, box.lower[d], box.upper[d]))
      for (auto part : parts) {
        part.box.lower[d] = interval[0];
        part.box.upper[d] = interval[1];
        part.shift[d] = shift;
        cut.push_back(part);
      }
    parts.swap(cut);
  }
  return parts;
}

Cover alone(const Decomposition& decomposition, int k, const Point& x) {
  Cover cover{k, {}, {}};
  const auto& box = decomposition[k].box;
  for (auto& factor : cover.window) factor = LineJet{1};
  for (int d = 0; d < box.dimension; ++d) cover.xi[d] = 2 * (x[d] - box.lower[d]) / box.width(d) - 1;
  return cover;
}

LocalProblem::LocalProblem(const Model& model, const Decomposition& decomposition, int k,
                           const LocalPoints& points)
    : model_(&model), decomposition_(&decomposition), k_(k) {
  groups_.reserve(model.groups.size());
  for (const auto& statements : model.groups)
    if (!statements.is_data()) add_group(statements, points);
  for (const auto& group : groups_) {
    bases_.emplace_back(group, model, decomposition);
    weights_.emplace_back(group.statements->statements.size(), std::vector<double>(group.points.size(), 1.0));
    rows_ += group.statements->statements.size() * group.points.size();
  }
}

void LocalProblem::add_group(const StatementGroup& statements, const LocalPoints& density) {
  const auto& region = model_->region;
  const int dimension = region.dimension();
  const auto parts = box_parts(region, *decomposition_, k_);
  // Shares of the points are of the box inside the domain.
  Point whole{};
  for (int d = 0; d < dimension; ++d) {
    const auto& box = (*decomposition_)[k_].box;
    whole[d] = region.periodic(d) ? box.width(d)
                                  : std::min(box.upper[d], region.box().upper[d]) -
                                        std::max(box.lower[d], region.box().lower[d]);
  }
  std::uint64_t stream = mix(density.seed);
  auto group = point_group(statements, {}, dimension);
  for (const auto& [box, shift] : parts) {
    std::vector<int> interior, face;
    int surface = 1;
    for (int d = 0; d < dimension; ++d) {
      const int wanted =
          density.sampling == Sampling::gauss ? face_count(density.boundary) : density.boundary;
      interior.push_back(share(density.interior[static_cast<std::size_t>(d)], box.width(d), whole[d]));
      face.push_back(share(wanted, box.width(d), whole[d]));
      surface = std::max(surface, share(density.boundary, box.width(d), whole[d]));
    }
    PointSet points;
    if (statements.interior) points = sample_interior(region, box, interior, density.sampling, stream);
    for (const auto& at : statements.faces)
      append(points, sample_face(region, box, at, face, density.sampling, ++stream));
    // An interface has rows of two networks, and this is one alone.
    for (auto shape : statements.interface ? std::vector<std::size_t>{} : statements.shapes)
      append(points, sample_surface(region, shape, box, surface, ++stream));
    std::vector<std::vector<double>> none;
    append_single_points(statements, box, region.box(), points, none);
    points = own_part(only_where(statements.where, std::move(points)));
    for (auto x : points.x) {
      for (int d = 0; d < dimension; ++d) x[d] += shift[d];
      group.cover.push_back({alone(*decomposition_, k_, x)});
    }
    append(group.points, std::move(points));
  }
  group.core.assign(group.points.size(), k_);
  groups_.push_back(std::move(group));
}

PointSet LocalProblem::own_part(PointSet points) const {
  const auto sides = decomposition_->sides(points.x);
  std::vector<char> own;
  for (auto s : sides) own.push_back(s == (*decomposition_)[k_].sides);
  keep_flagged(points, own);
  return points;
}

std::vector<FieldValues> LocalProblem::lift() const {
  std::vector<FieldValues> fields;
  for (const auto& basis : bases_) fields.push_back(basis.lift());
  return fields;
}

void LocalProblem::add_fields(const FeatureNetwork& network, const Matrix& coefficients,
                              std::vector<FieldValues>& fields) const {
  for (std::size_t g = 0; g < bases_.size(); ++g) bases_[g].add_field(k_, network, coefficients, fields[g]);
}

void LocalProblem::set_weights(const std::vector<FieldValues>& fields) {
  for (std::size_t g = 0; g < groups_.size(); ++g)
    for (std::size_t s = 0; s < weights_[g].size(); ++s) {
      const auto& statement = groups_[g].statements->statements[s];
      const auto values =
          evaluate(statement, groups_[g], fields[g], model_->initial_unknowns(), *model_, true);
      weights_[g][s] = row_weights(statement, groups_[g], values.derivative, *decomposition_, 0);
    }
}

void LocalProblem::taper_weights() {
  for (std::size_t g = 0; g < groups_.size(); ++g)
    for (std::size_t i = 0; i < groups_[g].points.size(); ++i) {
      double window = 0;
      for (const auto& cover : decomposition_->cover(groups_[g].points.x[i], (*decomposition_)[k_].sides))
        if (cover.subdomain == k_) window += cover.window_jet({});
      for (auto& weights : weights_[g]) weights[i] *= window;
    }
}

Linearisation LocalProblem::evaluate_all(const std::vector<FieldValues>& fields, bool linearise) const {
  Linearisation result;
  result.residual.reserve(rows_);
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    auto& derivatives = result.derivative.emplace_back();
    for (std::size_t s = 0; s < weights_[g].size(); ++s) {
      const auto& weight = weights_[g][s];
      auto values = evaluate(groups_[g].statements->statements[s], groups_[g], fields[g],
                             model_->initial_unknowns(), *model_, linearise);
      for (std::size_t i = 0; i < weight.size(); ++i)
        result.residual.push_back(weight[i] * values.residual[i]);
      for (auto& column : values.derivative)
        for (std::size_t i = 0; i < column.size(); ++i) column[i] *= weight[i];
      derivatives.push_back(std::move(values.derivative));
    }
  }
  return result;
}

std::vector<double> LocalProblem::residual(const std::vector<FieldValues>& fields) const {
  return evaluate_all(fields, false).residual;
}

Linearisation LocalProblem::linearise(const std::vector<FieldValues>& fields) const {
  return evaluate_all(fields, true);
}

Matrix LocalProblem::jacobian(const FeatureNetwork& network, const Linearisation& linearisation,
                              std::size_t further) const {
  Matrix result(rows_ + further, network.features() * model_->fields.size());
  std::size_t begin = 0;
  for (std::size_t g = 0; g < groups_.size(); ++g)
    for (const auto& derivative : linearisation.derivative[g]) {
      std::vector<std::size_t> row(groups_[g].points.size());
      std::iota(row.begin(), row.end(), begin);
      begin += row.size();
      bases_[g].add_rows(k_, network, derivative, row, result);
    }
  return result;
}

}  // namespace ddpinn
