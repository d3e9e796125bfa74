// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/rows.hpp"

#include "assembly/jacobian_numbers.hpp"
#include "assembly/row_weights.hpp"

#include <algorithm>
#include <map>

namespace ddpinn {

Rows::Rows(Space space, const PointsOptions& options)
    : Rows(space, draw_rows(space.model(), space.decomposition(), space.owner(), space.communicator().rank(),
                            options, space.family().seed)) {}

Rows::Rows(Space space, LocalRows rows)
    : space_(std::move(space)), rows_(std::move(rows)), unknowns_(model().initial_unknowns()) {
  bases_.reserve(rows_.groups.size());
  for (const auto& group : rows_.groups) bases_.emplace_back(group, model(), decomposition());
  weights_ = unit_weights();
  find_blocks();
}

void Rows::find_blocks() {
  std::map<int, Block> blocks;
  for (std::size_t c = 0; c < rows_.chunks.size(); ++c)
    for (int k : rows_.chunks[c].subdomains) {
      auto& block = blocks[k];
      block.subdomain = k;
      block.parts.push_back({c, block.rows});
      block.rows += rows_.chunks[c].count;
    }
  blocks_.clear();
  for (auto& [k, block] : blocks) blocks_.push_back(std::move(block));
}

const Block& Rows::block(int subdomain) const {
  return *std::ranges::find(blocks_, subdomain, &Block::subdomain);
}

Rows Rows::isolated(const IsolatedRows& isolated) const {
  auto result = with_rows(isolated.rows);
  for (std::size_t g = 0; g < weights_.size(); ++g)
    for (std::size_t s = 0; s < weights_[g].size(); ++s)
      for (std::size_t i = 0; i < isolated.source[g].size(); ++i)
        result.weights_[g][s][i] = weights_[g][s][isolated.source[g][i]];
  return result;
}

Rows Rows::with_own_rows(int rank, std::size_t count) const {
  auto result = *this;
  for (std::size_t k = 0; k < owner().size(); ++k) {
    if (owner()[k] != rank) continue;
    result.rows_.chunks.push_back({{static_cast<int>(k)}, result.rows_.count, count});
    result.rows_.count += count;
  }
  result.find_blocks();
  return result;
}

Rows::Weights Rows::unit_weights() const {
  Weights result;
  for (const auto& group : rows_.groups)
    result.emplace_back(group.statements->statements.size(), std::vector<double>(group.points.size(), 1.0));
  return result;
}

std::vector<double> Rows::weights_by_row() const {
  std::vector<double> rows(rows_.count, 1.0);
  for (std::size_t g = 0; g < weights_.size(); ++g) {
    const std::vector<double> ones(rows_.groups[g].points.size(), 1.0);
    for (std::size_t s = 0; s < weights_[g].size(); ++s)
      scatter(rows_.groups[g], s, weights_[g][s], ones, rows);
  }
  return rows;
}

void Rows::move_points(const std::vector<std::vector<Point>>& points, const Point& shift, int core) {
  for (std::size_t g = 0; g < points.size(); ++g) {
    auto& group = rows_.groups[g];
    for (std::size_t i = 0; i < points[g].size(); ++i)
      for (int d = 0; d < decomposition().dimension(); ++d) group.points.x[i][d] = points[g][i][d] + shift[d];
    std::ranges::fill(group.core, core);
  }
}

std::vector<FieldValues> Rows::lift() const {
  std::vector<FieldValues> fields;
  for (const auto& basis : bases_) fields.push_back(basis.lift());
  return fields;
}

Field Rows::zero_field() const {
  std::vector<int> subdomains;
  for (const auto& block : blocks_) subdomains.push_back(block.subdomain);
  Field field(space_, subdomains);
  field.set_unknowns(unknowns_);
  return field;
}

void Rows::add_fields(const Field& field, std::vector<FieldValues>& fields) const {
  for (const auto& block : blocks_)
    add_fields(block.subdomain, family().network(block.subdomain), field[block.subdomain], fields);
}

void Rows::add_fields(int subdomain, const FeatureNetwork& network, const Matrix& coefficients,
                      std::vector<FieldValues>& fields) const {
  for (std::size_t g = 0; g < bases_.size(); ++g)
    bases_[g].add_field(subdomain, network, coefficients, fields[g]);
}

void Rows::scatter(const PointGroup& group, std::size_t statement, const std::vector<double>& weight,
                   const std::vector<double>& values, std::vector<double>& rows) const {
  if (values.empty()) return;
  group.rows.for_each(
      [&](std::size_t i, const auto& place) { rows[place.row(statement)] = weight[i] * values[i]; });
}

std::vector<double> Rows::residual(const std::vector<FieldValues>& fields) const {
  std::vector<double> rows(rows_.count);
  for (std::size_t g = 0; g < bases_.size(); ++g) {
    const auto& group = rows_.groups[g];
    if (group.statements->is_weak()) continue;
    for (std::size_t s = 0; s < group.statements->statements.size(); ++s)
      scatter(group, s, weights_[g][s],
              evaluate(group.statements->statements[s], group, fields[g], unknowns_, model(), false).residual,
              rows);
  }
  return rows;
}

Linearisation Rows::linearise(const std::vector<FieldValues>& fields) const {
  Linearisation result{std::vector<double>(rows_.count), {}, {}};
  result.unknowns.assign(model().unknowns.size(), std::vector<double>(rows_.count));
  for (std::size_t g = 0; g < bases_.size(); ++g) {
    const auto& group = rows_.groups[g];
    auto& derivatives = result.derivative.emplace_back();
    if (group.statements->is_weak()) {
      linearise_weak(g, fields[g], result);
      continue;
    }
    for (std::size_t s = 0; s < group.statements->statements.size(); ++s) {
      auto values = evaluate(group.statements->statements[s], group, fields[g], unknowns_, model(), true);
      scatter(group, s, weights_[g][s], values.residual, result.residual);
      for (auto& column : values.derivative)
        for (std::size_t i = 0; i < column.size(); ++i) column[i] *= weights_[g][s][i];
      derivatives.push_back(std::move(values.derivative));
      for (std::size_t k = 0; k < values.unknowns.size(); ++k)
        scatter(group, s, weights_[g][s], values.unknowns[k], result.unknowns[k]);
    }
  }
  return result;
}

std::vector<double> Rows::directional(const Linearisation& linearisation,
                                      const std::vector<FieldValues>& direction) const {
  std::vector<double> rows(rows_.count);
  for (std::size_t g = 0; g < bases_.size(); ++g) {
    const auto& group = rows_.groups[g];
    for (std::size_t s = 0; s < group.statements->statements.size(); ++s)
      for (std::size_t a = 0; a < linearisation.derivative[g][s].size(); ++a) {
        const auto& slope = linearisation.derivative[g][s][a];  // empty: zero
        if (slope.empty()) continue;
        group.rows.for_each(
            [&](std::size_t i, const auto& place) { rows[place.row(s)] += slope[i] * direction[g][a][i]; });
      }
  }
  return rows;
}

std::vector<double> Rows::linear_rows_at_lift(const Linearisation& linearisation,
                                              std::vector<FieldValues> fields) const {
  for (std::size_t g = 0; g < fields.size(); ++g) bases_[g].subtract_lift(fields[g]);
  auto rows = directional(linearisation, fields);
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = linearisation.residual[i] - rows[i];
  return rows;
}

SharedMatrices Rows::jacobian(const Linearisation& linearisation) const {
  CongruentBlocks result(*this, linearisation);
  for (std::size_t b = 0; b < blocks_.size(); ++b) result.add_next();
  return std::move(result).all();
}

Matrix Rows::jacobian(const Block& block, const FeatureNetwork& network,
                      const Linearisation& linearisation) const {
  Matrix result(block.rows, columns());
  for (std::size_t g = 0; g < bases_.size(); ++g)
    for (std::size_t s = 0; s < linearisation.derivative[g].size(); ++s)
      bases_[g].add_rows(block.subdomain, network, linearisation.derivative[g][s], places(block, g, s),
                         result);
  return result;
}

std::vector<std::size_t> Rows::places(const Block& block, std::size_t g, std::size_t s) const {
  const auto& group = rows_.groups[g];
  RowPlaces::Walk walk(group.rows);
  std::vector<std::size_t> result;
  for (auto i : bases_[g].covered(block.subdomain)) {
    const auto place = walk[i];
    const auto offset = std::ranges::lower_bound(block.parts, place.chunk, {}, &Block::Part::chunk)->offset;
    result.push_back(place.row(s) - rows_.chunks[place.chunk].begin + offset);
  }
  return result;
}

std::vector<double> Rows::noise() const {
  std::vector<double> rows(rows_.count);
  for (std::size_t g = 0; g < rows_.groups.size(); ++g) {
    const auto& group = rows_.groups[g];
    for (std::size_t s = 0; s < group.statements->statements.size(); ++s)
      if (const auto deviation = group.statements->statements[s].deviation)
        scatter(group, s, weights_[g][s], std::vector<double>(group.points.size(), *deviation), rows);
  }
  return rows;
}

std::vector<std::vector<std::size_t>> Rows::clusters() const {
  std::vector<std::vector<std::size_t>> result;
  for (const auto& group : rows_.groups)
    for (std::size_t s = 0; s < group.statements->statements.size(); ++s) {
      if (group.statements->statements[s].deviation) continue;
      std::map<int, std::vector<std::size_t>> by_core;
      group.rows.for_each(
          [&](std::size_t i, const auto& place) { by_core[group.core[i]].push_back(place.row(s)); });
      for (auto& [core, rows] : by_core) result.push_back(std::move(rows));
    }
  return result;
}

namespace {

/// All statements of a group, linearised.
std::vector<StatementValues> linearised(const PointGroup& group, const FieldValues& fields,
                                        const std::vector<double>& unknowns, const Model& model) {
  std::vector<StatementValues> result;
  for (const auto& statement : group.statements->statements)
    result.push_back(evaluate(statement, group, fields, unknowns, model, true));
  return result;
}

}  // namespace

/// Into the last group of the linearisation.
void Rows::linearise_weak(std::size_t g, const FieldValues& fields, Linearisation& result) const {
  const auto& group = rows_.groups[g];
  auto curvature = curvature_of(group, linearised(group, fields, unknowns_, model()), decomposition());
  result.derivative.back() = std::move(curvature.row);
  for (std::size_t i = 0; i < curvature.middle.size(); ++i)
    if (!curvature.middle[i].empty()) {
      const auto place = group.rows[i];
      result.form.couple(place.first, place.stride, std::move(curvature.middle[i]));
    }
}

Amount Rows::work(const std::vector<FieldValues>& fields, const std::vector<FieldValues>& direction) const {
  Amount total;
  for (std::size_t g = 0; g < bases_.size(); ++g) {
    if (!rows_.groups[g].statements->is_weak()) continue;
    const auto part = weak_work(rows_.groups[g], fields[g], direction[g], unknowns_, model());
    total.sum += part.sum;
    total.terms += part.terms;
  }
  return total;
}

Amount Rows::energy(const std::vector<FieldValues>& fields) const {
  Amount total;
  for (std::size_t g = 0; g < bases_.size(); ++g) {
    if (!rows_.groups[g].statements->is_weak()) continue;
    const auto part = energy_of(rows_.groups[g], fields[g], unknowns_, model());
    total.sum += part.sum;
    total.terms += part.terms;
  }
  return total;
}

std::vector<std::vector<double>> Rows::weak_gradient(const std::vector<FieldValues>& fields) const {
  std::vector<Matrix> sums(blocks_.size(), Matrix(1, columns()));
  for (std::size_t g = 0; g < bases_.size(); ++g) {
    const auto& group = rows_.groups[g];
    if (!group.statements->is_weak()) continue;
    const auto forces = weak_forces(group, fields[g], unknowns_, model());
    for (std::size_t b = 0; b < blocks_.size(); ++b) {
      const int k = blocks_[b].subdomain;
      const std::vector<std::size_t> first(bases_[g].covered(k).size(), 0);
      bases_[g].add_rows(k, family().network(k), forces, first, sums[b]);
    }
  }
  std::vector<std::vector<double>> result;
  for (const auto& sum : sums) result.emplace_back(sum.entries().begin(), sum.entries().end());
  return result;
}

std::vector<std::size_t> Rows::condition_rows() const {
  std::vector<std::size_t> result;
  for (const auto& group : rows_.groups)
    for (std::size_t s = 0; s < group.statements->statements.size() && !group.statements->is_weak(); ++s)
      group.rows.for_each([&](std::size_t, const auto& place) { result.push_back(place.row(s)); });
  return result;
}

/// Of conditions beside a weak form.
void Rows::set_spring_weights(const std::vector<FieldValues>& fields) {
  Stiffness stiffness;
  for (std::size_t g = 0; g < bases_.size(); ++g) {
    const auto& group = rows_.groups[g];
    if (group.statements->is_weak() && group.statements->interior)
      add_stiffness(group, linearised(group, fields[g], unknowns_, model()), decomposition(),
                    model().fields.size(), stiffness);
  }
  for (std::size_t g = 0; g < bases_.size(); ++g) {
    const auto& group = rows_.groups[g];
    if (group.statements->is_weak()) continue;
    const auto values = linearised(group, fields[g], unknowns_, model());
    for (std::size_t s = 0; s < values.size(); ++s)
      weights_[g][s] = spring_weights(group, values[s].derivative, decomposition(), stiffness,
                                      group.statements->statements[s].weight.value_or(condition_emphasis));
  }
}

namespace {

/// Of the fields, by what first-order laws say of them.
PartSizes part_sizes(const Rows& rows, const std::vector<FieldValues>& fields) {
  PartSizes sizes(rows.model(), rows.decomposition(), rows.family());
  for (std::size_t g = 0; g < fields.size(); ++g) {
    const auto& group = rows.rows().groups[g];
    for (const auto& statement : group.statements->statements)
      if (PartSizes::is_law(rows.model(), *group.statements, statement))
        sizes.learn(statement, group,
                    evaluate(statement, group, fields[g], rows.unknowns(), rows.model(), true).derivative);
  }
  return sizes;
}

}  // namespace

void Rows::set_weights(const std::vector<FieldValues>& fields) {
  if (model().is_weak()) return set_spring_weights(fields);
  const auto sizes = part_sizes(*this, fields);
  for (std::size_t g = 0; g < bases_.size(); ++g) {
    const auto& group = rows_.groups[g];
    for (std::size_t s = 0; s < group.statements->statements.size(); ++s) {
      const auto& statement = group.statements->statements[s];
      weights_[g][s] = row_weights(statement, group,
                                   evaluate(statement, group, fields[g], unknowns_, model(), true).derivative,
                                   space_, sizes, data_emphasis_ * smallest_deviation(model(), family()));
    }
  }
}

void Rows::scale_weights(std::size_t group, const std::vector<double>& factor) {
  for (auto& weights : weights_[group])
    for (std::size_t i = 0; i < factor.size(); ++i) weights[i] *= factor[i];
}

}  // namespace ddpinn
