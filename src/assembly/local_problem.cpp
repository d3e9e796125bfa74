// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/local_problem.hpp"

#include "assembly/row_weights.hpp"
#include "base/random.hpp"
#include "decomposition/part_boxes.hpp"
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

LocalProblem::LocalProblem(const Model& model, const Decomposition& decomposition, std::vector<int> parts,
                           const LocalPoints& points)
    : model_(&model), decomposition_(&decomposition), parts_(std::move(parts)) {
  groups_.reserve(model.groups.size());
  for (const auto& statements : model.groups)
    if (points.data || !statements.is_data()) add_group(statements, points);
  for (const auto& group : groups_) {
    bases_.emplace_back(group, model, decomposition);
    weights_.emplace_back(group.statements->statements.size(), std::vector<double>(group.points.size(), 1.0));
    rows_ += group.statements->statements.size() * group.points.size();
  }
}

/// Widths of the box inside the domain.
Point LocalProblem::whole() const {
  const auto& region = model_->region;
  const auto& box = (*decomposition_)[parts_.front()].box;
  Point width{};
  for (int d = 0; d < box.dimension; ++d)
    width[d] = region.periodic(d) ? box.width(d)
                                  : std::min(box.upper[d], region.box().upper[d]) -
                                        std::max(box.lower[d], region.box().lower[d]);
  return width;
}

Cover LocalProblem::alone(int k, const Point& x, const BoxPart& at) const {
  Point unwrapped = x;
  for (int d = 0; d < at.box.dimension; ++d) unwrapped[d] += at.shift[d];
  return ddpinn::alone(*decomposition_, k, unwrapped);
}

void LocalProblem::add_group(const StatementGroup& statements, const LocalPoints& density) {
  std::uint64_t stream = mix(density.seed);
  auto group = point_group(statements, {}, model_->dimension());
  group.probe_step = model_->region.probe_step();
  group.given.resize(statements.given.size());
  for (const auto& at : box_parts(model_->region, *decomposition_, parts_.front())) {
    if (statements.interface) {
      if (parts_.size() > 1) add_interface(group, at, density, stream);
      continue;
    }
    for (int k : parts_) add_part(group, at, k, density, stream);
  }
  group.core.assign(group.points.size(), (*decomposition_)[parts_.front()].first);
  groups_.push_back(std::move(group));
}

/// The points of one part of the domain. Where it has little of the box, they stand in a smaller one around
/// it.
void LocalProblem::add_part(PointGroup& group, const BoxPart& at, int k, const LocalPoints& density,
                            std::uint64_t& stream) const {
  const auto& region = model_->region;
  const auto& statements = *group.statements;
  const auto width = whole();
  Box box = at.box;
  double denser = 1;
  if (parts_.size() > 1) {
    const auto parts = part_boxes(region, at.box);
    const auto found = parts.find((*decomposition_)[k].sides);
    if (found == parts.end()) return;
    box = found->second.box;
    denser = std::min(2.0, std::pow(found->second.share, -1.0 / region.dimension()));
  }
  std::vector<int> interior, face;
  int surface = 1;
  for (int d = 0; d < region.dimension(); ++d) {
    const int wanted = density.sampling == Sampling::gauss ? face_count(density.boundary) : density.boundary;
    const auto count = [&](double n) {
      return share(static_cast<int>(std::ceil(n * denser - 1e-9)), at.box.width(d), width[d]);
    };
    interior.push_back(count(density.interior[d]));
    face.push_back(count(wanted));
    surface = std::max(surface, count(density.boundary));
  }
  PointSet points;
  if (statements.interior) points = sample_interior(region, box, interior, density.sampling, stream);
  for (const auto& one : statements.faces)
    append(points, sample_face(region, box, one, face, density.sampling, ++stream));
  for (auto shape : statements.shapes) append(points, sample_surface(region, shape, box, surface, ++stream));
  std::vector<std::vector<double>> given(statements.given.size());
  append_single_points(statements, at.box, region.box(), points, given);
  points = only_where(statements.where, std::move(points));
  std::vector<char> own;
  for (auto sides : decomposition_->sides(points.x)) own.push_back(sides == (*decomposition_)[k].sides);
  for (std::size_t c = 0; c < given.size(); ++c)
    for (std::size_t i = 0; i < given[c].size(); ++i)
      if (own[i]) group.given[c].push_back(given[c][i]);
  keep_flagged(points, own);
  for (const auto& x : points.x) group.cover.push_back({alone(k, x, at)});
  append(group.points, std::move(points));
}

/// The points of interfaces, covered from both sides, twice as dense as others, since an interface may cross
/// little of the box; those with a side in which the box has no part, since that is too thin to be found, are
/// left out.
void LocalProblem::add_interface(PointGroup& group, const BoxPart& at, const LocalPoints& density,
                                 std::uint64_t& stream) const {
  const auto width = whole();
  int count = 1;
  for (int d = 0; d < at.box.dimension; ++d)
    count = std::max(count, share(2 * density.boundary, at.box.width(d), width[d]));
  PointSet points;
  for (auto shape : group.statements->shapes)
    append(points, sample_surface(model_->region, shape, at.box, count, ++stream));
  points = only_where(group.statements->where, std::move(points));
  const auto minus = decomposition_->sides(moved(points, -group.probe_step));
  const auto plus = decomposition_->sides(moved(points, group.probe_step));
  std::vector<char> kept;
  for (std::size_t i = 0; i < points.size(); ++i) {
    std::vector<Cover> covers;
    for (int k : parts_)
      for (const auto& [side, sides] : {std::pair(Side::minus, minus[i]), std::pair(Side::plus, plus[i])})
        if ((*decomposition_)[k].sides == sides) {
          covers.push_back(alone(k, points.x[i], at));
          covers.back().side = side;
        }
    kept.push_back(minus[i] != plus[i] && covers.size() == 2);
    if (kept.back()) group.cover.push_back(std::move(covers));
  }
  keep_flagged(points, kept);
  append(group.points, std::move(points));
}

std::vector<FieldValues> LocalProblem::lift() const {
  std::vector<FieldValues> fields;
  for (const auto& basis : bases_) fields.push_back(basis.lift());
  return fields;
}

void LocalProblem::add_fields(int k, const FeatureNetwork& network, const Matrix& coefficients,
                              std::vector<FieldValues>& fields) const {
  for (std::size_t g = 0; g < bases_.size(); ++g) bases_[g].add_field(k, network, coefficients, fields[g]);
}

void LocalProblem::take_given(const std::vector<FieldValues>& fields) {
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    auto& group = groups_[g];
    group.given.resize(group.statements->given_columns);
    for (const auto& statement : group.statements->statements) {
      const auto& arguments = statement.residual.arguments();
      const auto given = std::ranges::find(arguments, Argument::Kind::given, &Argument::kind);
      const auto field = std::ranges::find(arguments, Argument::Kind::field, &Argument::kind);
      if (given == arguments.end() || field == arguments.end()) continue;
      const auto column = std::ranges::find(group.derivatives, field->derivative) - group.derivatives.begin();
      group.given[given->index] = fields[g][column];
    }
  }
}

void LocalProblem::set_weights(const std::vector<FieldValues>& fields) {
  for (std::size_t g = 0; g < groups_.size(); ++g)
    for (std::size_t s = 0; s < weights_[g].size(); ++s) {
      const auto& statement = groups_[g].statements->statements[s];
      const auto values =
          evaluate(statement, groups_[g], fields[g], model_->initial_unknowns(), *model_, true);
      weights_[g][s] =
          row_weights(statement, groups_[g], values.derivative, *decomposition_, smallest_deviation(*model_));
    }
}

void LocalProblem::taper_weights() {
  const int k = parts_.front();
  for (std::size_t g = 0; g < groups_.size(); ++g)
    for (std::size_t i = 0; i < groups_[g].points.size(); ++i) {
      double window = 0;
      for (const auto& cover : decomposition_->cover(groups_[g].points.x[i], (*decomposition_)[k].sides))
        if (cover.subdomain == k) window += cover.window_jet({});
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

Matrix LocalProblem::jacobian(int k, const FeatureNetwork& network, const Linearisation& linearisation,
                              std::size_t further) const {
  Matrix result(rows_ + further, network.features() * model_->fields.size());
  std::size_t begin = 0;
  for (std::size_t g = 0; g < groups_.size(); ++g)
    for (const auto& derivative : linearisation.derivative[g]) {
      std::vector<std::size_t> row(groups_[g].points.size());
      std::iota(row.begin(), row.end(), begin);
      begin += row.size();
      bases_[g].add_rows(k, network, derivative, row, result);
    }
  return result;
}

}  // namespace ddpinn
