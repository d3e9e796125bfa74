// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/interface/traces.hpp"

#include "assembly/box_rows.hpp"
#include "assembly/row_weights.hpp"
#include "decomposition/part_boxes.hpp"
#include "geometry/tensor_points.hpp"

#include <algorithm>
#include <cmath>

namespace ddpinn {

namespace {

/// The part of subdomain k's box inside the domain; in periodic directions all of it.
Box inner_box(const Region& region, const Decomposition& decomposition, int k) {
  Box box = decomposition[k].box;
  for (int d = 0; d < box.dimension; ++d) {
    if (region.periodic(d)) continue;
    box.lower[d] = std::max(box.lower[d], region.box().lower[d]);
    box.upper[d] = std::min(box.upper[d], region.box().upper[d]);
  }
  return box;
}

/// Whether a face of the box lies inside the domain, and so needs traces.
bool artificial(const Region& region, const Box& inner, int d, bool upper) {
  const double rounding = region.box().rounding(d);
  return region.periodic(d) || (upper ? inner.upper[d] < region.box().upper[d] - rounding
                                      : inner.lower[d] > region.box().lower[d] + rounding);
}

Point wrapped(const Region& region, Point x) {
  for (int d = 0; d < region.dimension(); ++d) {
    if (!region.periodic(d)) continue;
    const double length = region.box().width(d);
    if (x[d] < region.box().lower[d]) x[d] += length;
    if (x[d] >= region.box().upper[d]) x[d] -= length;
  }
  return x;
}

PointSet face_points(const Box& inner, int d, bool upper, int count) {
  Box face = inner;
  face.lower[d] = face.upper[d] = upper ? inner.upper[d] : inner.lower[d];
  auto points = box_points(face, std::vector<int>(inner.dimension, face_count(count)), Sampling::gauss, 0);
  Point normal{};
  normal[d] = upper ? 1 : -1;
  set_normal(points, normal);
  return points;
}

/// The neighbours at a trace point of subdomain k, with the windows of their layer in time.
std::vector<Cover> givers_at(const TransmissionRule& rule, const Decomposition& decomposition, int k,
                             const Point& x, bool lower_time) {
  std::vector<Cover> givers;
  for (auto cover : decomposition.cover(x, decomposition[k].sides)) {
    if (rule.time >= 0) {
      const int layer = decomposition[k].cell[rule.time] - (lower_time ? 1 : 0);
      if (decomposition[cover.subdomain].cell[rule.time] != layer) continue;
      cover.window[rule.time] = LineJet{1};
    }
    // The subdomain's own window has vanished at the end of its box, but for rounding.
    if (cover.window_jet({}) > 1e-30) givers.push_back(cover);
  }
  if (rule.options.order != SubdomainOrder::restricted || givers.empty()) return givers;
  auto nearest = *std::ranges::max_element(givers, {}, [](const Cover& c) { return c.window_jet({}); });
  nearest.window.fill(LineJet{1});
  return {nearest};
}

/// The factor of a derivative in a condition at a point with this normal.
double factor(const TraceCondition& condition, const Point& normal, const Derivative& derivative) {
  if (derivative.field != condition.field) return 0;
  if (order(derivative.alpha) == 0) return condition.value;
  for (std::size_t d = 0; d < max_dimension; ++d)
    if (derivative.alpha[d] == 1) return condition.normal * normal[d];
  return 0;
}

/// Which part of a box each point of its face belongs to: the first that has a network there, looking inward.
/// An interface may lie on the face, or so near that what is behind it is no part of the box.
std::vector<int> parts_at(const Region& region, const Decomposition& decomposition, int k,
                          const PointSet& points) {
  const auto parts = decomposition.parts(decomposition[k].first);
  std::vector<int> result(points.size(), -1);
  for (double step = region.probe_step(); step < 0.1; step *= 10) {
    auto inward = moved(points, -step);
    for (auto& x : inward) x = wrapped(region, x);
    const auto sides = decomposition.sides(inward);
    for (std::size_t i = 0; i < result.size(); ++i)
      for (int part : parts)
        if (result[i] < 0 && decomposition[part].sides == sides[i]) result[i] = part;
    if (std::ranges::find(result, -1) == result.end()) break;
  }
  return result;
}

/// Adds the points of a face that are in its part of the domain.
void add_face(const TransmissionRule& rule, const Region& region, const Decomposition& decomposition,
              Traces::Face face, const PointSet& points, Traces& traces) {
  std::vector<Point> x;
  for (const auto& p : points.x) x.push_back(wrapped(region, p));
  const auto inside = region.contains(x);
  const auto part = parts_at(region, decomposition, face.part, points);
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (!inside[i] || part[i] != face.part) continue;
    auto givers = givers_at(rule, decomposition, face.part, x[i], face.lower_time);
    if (givers.empty()) continue;
    traces.points.x.push_back(x[i]);
    traces.points.measure.push_back(points.measure[i]);
    traces.points.normal.push_back(points.normal[i]);
    traces.own.push_back(alone(decomposition, face.part, points.x[i]));
    traces.givers.push_back(std::move(givers));
    ++face.points;
  }
  traces.rows += face.points * face.conditions.size();
  traces.faces.push_back(std::move(face));
}

}  // namespace

Traces traces_of(const TransmissionRule& rule, const Region& region, const Decomposition& decomposition,
                 int box, int count, const std::vector<std::vector<std::vector<double>>>& robin) {
  Traces traces;
  const auto inner = inner_box(region, decomposition, box);
  const auto parts = decomposition.parts(box);
  const auto pieces = parts.size() > 1 ? part_boxes(region, inner) : std::map<Sides, PartBox>{};
  for (int part : parts) {
    // A part that has little of a face has all its points there.
    const auto found = pieces.find(decomposition[part].sides);
    const auto piece = found == pieces.end() ? inner : found->second.box;
    for (int d = 0; d < region.dimension(); ++d)
      for (const bool upper : {false, true}) {
        if (!artificial(region, inner, d, upper)) continue;
        if (upper ? piece.upper[d] < inner.upper[d] : piece.lower[d] > inner.lower[d]) continue;
        const auto& factors = robin[part];
        auto conditions = trace_conditions(rule, d, upper, factors[2 * d + (upper ? 1 : 0)]);
        if (!conditions.empty())
          add_face(rule, region, decomposition,
                   {part, traces.points.size(), 0, traces.rows, d == rule.time, std::move(conditions)},
                   face_points(piece, d, upper, count), traces);
      }
  }
  return traces;
}

TraceRows::TraceRows(const Model& model, const Decomposition& decomposition, int k)
    : model_(model), decomposition_(decomposition), k_(k) {
  statements_.interior = false;
  group_.statements = &statements_;
}

void TraceRows::add(const Point& x, const Point& normal, double measure, const Cover& cover,
                    const std::vector<TraceCondition>& conditions, const std::vector<std::size_t>& targets) {
  for (std::size_t c = 0; c < conditions.size(); ++c)
    rows_.push_back({group_.points.size(), conditions[c], targets[c]});
  group_.points.x.push_back(x);
  group_.points.normal.push_back(normal);
  group_.points.measure.push_back(measure);
  group_.core.push_back(k_);
  group_.cover.push_back({cover});
}

void TraceRows::finish() {
  const auto want = [&](int field, const MultiIndex& alpha) {
    const Derivative wanted{field, alpha};
    if (std::ranges::find(group_.derivatives, wanted) == group_.derivatives.end())
      group_.derivatives.push_back(wanted);
  };
  for (const auto& [point, condition, target] : rows_) {
    if (condition.value != 0) want(condition.field, {});
    for (int d = 0; d < model_.dimension(); ++d)
      if (condition.normal != 0 && group_.points.normal[point][d] != 0) {
        MultiIndex alpha{};
        alpha[d] = 1;
        want(condition.field, alpha);
      }
  }
  std::vector<MultiIndex> alphas;
  for (const auto& derivative : group_.derivatives) alphas.push_back(derivative.alpha);
  group_.space = JetSpace(model_.dimension(), alphas);
  basis_.emplace_back(group_, model_, decomposition_);
}

/// Rows in sets that have one row per point at most, as GroupBasis::add_rows takes them.
std::vector<std::vector<std::size_t>> TraceRows::passes() const {
  std::vector<std::vector<std::size_t>> result;
  std::size_t repeated = 0;
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    repeated = r > 0 && rows_[r].point == rows_[r - 1].point ? repeated + 1 : 0;
    if (result.size() <= repeated) result.emplace_back();
    result[repeated].push_back(r);
  }
  return result;
}

GroupBasis::Linearised TraceRows::linearised(std::span<const std::size_t> rows,
                                             std::span<const double> weight) const {
  GroupBasis::Linearised result(group_.derivatives.size(), std::vector<double>(group_.points.size(), 0.0));
  for (auto r : rows)
    for (std::size_t a = 0; a < result.size(); ++a) {
      const auto point = rows_[r].point;
      result[a][point] = (weight.empty() ? 1 : weight[r]) *
                         factor(rows_[r].condition, group_.points.normal[point], group_.derivatives[a]);
    }
  return result;
}

void TraceRows::add_rows(const FeatureNetwork& network, std::span<const double> weight, std::size_t first,
                         Matrix& block) const {
  for (const auto& rows : passes()) {
    // Points without a row in this pass have coefficients of zero: what they add to row `first` is nothing.
    std::vector<std::size_t> place(group_.points.size(), first);
    for (auto r : rows) place[rows_[r].point] = first + r;
    basis_.front().add_rows(k_, network, linearised(rows, weight), place, block);
  }
}

void TraceRows::add_rows(const TrainableGroup& network, std::span<const double> parameters,
                         std::span<const double> weight, std::size_t first, Matrix& block) const {
  for (const auto& rows : passes()) {
    std::vector<std::size_t> place(group_.points.size(), first);
    for (auto r : rows) place[rows_[r].point] = first + r;
    network.add_rows(0, {&parameters, 1}, linearised(rows, weight), place, block);
  }
}

FieldValues TraceRows::zero_fields() const {
  return FieldValues(group_.derivatives.size(), std::vector<double>(group_.points.size(), 0.0));
}

FieldValues TraceRows::adjoint(std::span<const double> rows) const {
  auto result = zero_fields();
  for (std::size_t r = 0; r < rows.size(); ++r)
    for (std::size_t a = 0; a < result.size(); ++a)
      result[a][rows_[r].point] +=
          rows[r] * factor(rows_[r].condition, group_.points.normal[rows_[r].point], group_.derivatives[a]);
  return result;
}

std::vector<double> TraceRows::values(const FieldValues& fields) const {
  std::vector<double> result(rows_.size(), 0.0);
  for (std::size_t r = 0; r < rows_.size(); ++r)
    for (std::size_t a = 0; a < fields.size(); ++a)
      result[r] += factor(rows_[r].condition, group_.points.normal[rows_[r].point], group_.derivatives[a]) *
                   fields[a][rows_[r].point];
  return result;
}

std::vector<double> TraceRows::values(const FeatureNetwork& network, const Matrix& coefficients) const {
  auto fields = zero_fields();
  basis_.front().add_field(k_, network, coefficients, fields);
  return values(fields);
}

std::vector<double> TraceRows::lift() const { return values(basis_.front().lift()); }

/// One over the norm of each row with respect to functions of the fields' sizes over the core: conditions of
/// different order on one face must not be measured by the largest of them.
std::vector<double> TraceRows::unit_scale(const NetworkFamily& family) const {
  const auto& core = decomposition_[k_].core;
  std::vector<double> result(rows_.size(), 1.0);
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    double square = 0;
    for (const auto& derivative : group_.derivatives) {
      const double scaled =
          over_widths(family.relative_size(derivative.field) *
                          factor(rows_[r].condition, group_.points.normal[rows_[r].point], derivative),
                      core, derivative.alpha);
      square += scaled * scaled;
    }
    if (square > 0) result[r] = 1 / std::sqrt(square);
  }
  return result;
}

std::vector<double> TraceRows::weights(const NetworkFamily& family) const {
  auto result = unit_scale(family);
  for (const auto& rows : passes()) {
    const auto weight = automatic_weights(group_, linearised(rows, result), decomposition_,
                                          PartSizes(model_, decomposition_, family), true);
    for (auto r : rows) result[r] *= weight[rows_[r].point];
  }
  return result;
}

}  // namespace ddpinn
