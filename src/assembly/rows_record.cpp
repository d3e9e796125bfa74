// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/rows_record.hpp"

#include <algorithm>
#include <set>

namespace ddpinn {

namespace {

/// Visits each value: its core, group, column and point. Within a core the order is that of the points'
/// covers and then that in which they were drawn, on any number of ranks.
template <class Visit>
void for_each_value(const LocalRows& rows, const std::vector<std::size_t>& columns, Visit&& visit) {
  for (std::size_t g = 0; g < rows.groups.size(); ++g)
    for (std::size_t c = 0; c < columns[g]; ++c)
      for (std::size_t i = 0; i < rows.groups[g].points.size(); ++i) visit(rows.groups[g].core[i], g, c, i);
}

std::vector<std::size_t> counts(const PointColumns& values) {
  std::vector<std::size_t> result;
  for (const auto& group : values) result.push_back(group.size());
  return result;
}

std::vector<int> cores_of(const LocalRows& rows) {
  std::set<int> cores;
  for (const auto& group : rows.groups) cores.insert(group.core.begin(), group.core.end());
  return {cores.begin(), cores.end()};
}

std::vector<int> needed_networks(const Rows& rows) {
  std::set<int> all;
  for (int k : rows.space().owned()) all.insert(k);
  for (int k : rows.space().covering()) all.insert(k);
  for (const auto& block : rows.blocks()) all.insert(block.subdomain);
  return {all.begin(), all.end()};
}

}  // namespace

Blocks by_core(const LocalRows& rows, const PointColumns& values) {
  Blocks blocks;
  for_each_value(rows, counts(values), [&](int core, std::size_t g, std::size_t c, std::size_t i) {
    blocks[core].push_back(values[g][c][i]);
  });
  return blocks;
}

PointColumns at_points(const LocalRows& rows, const std::vector<std::size_t>& columns, const Blocks& held,
                       const Journal& journal) {
  const auto blocks = journal.fetch(held, cores_of(rows));
  PointColumns values;
  for (std::size_t g = 0; g < rows.groups.size(); ++g)
    values.emplace_back(columns[g], std::vector<double>(rows.groups[g].points.size()));
  std::map<int, std::size_t> next;
  for_each_value(rows, columns, [&](int core, std::size_t g, std::size_t c, std::size_t i) {
    values[g][c][i] = blocks.at(core).at(next[core]++);
  });
  return values;
}

void put_fields(const Rows& rows, const std::vector<FieldValues>& fields, const std::string& name,
                Record& record) {
  record.blocks[name] = by_core(rows.rows(), fields);
}

std::vector<FieldValues> get_fields(const Rows& rows, const std::string& name, const Record& record,
                                    const Journal& journal) {
  std::vector<std::size_t> columns;
  for (const auto& group : rows.rows().groups) columns.push_back(group.derivatives.size());
  return at_points(rows.rows(), columns, record.blocks.at(name), journal);
}

void put_field(const Field& field, const std::string& name, Record& record) {
  auto& blocks = record.blocks[name];
  for (int k : field.space().owned()) {
    const auto entries = field[k].entries();
    blocks[k] = {entries.begin(), entries.end()};
  }
  record.numbers[name + "_unknowns"] = field.unknowns();
}

void get_field(Field& field, const std::string& name, const Record& record, const Journal& journal) {
  std::vector<int> wanted;
  for (const auto& [k, coefficients] : field.coefficients()) wanted.push_back(k);
  for (const auto& [k, values] : journal.fetch(record.blocks.at(name), wanted))
    std::ranges::copy(values, field[k].data());
  field.set_unknowns(record.numbers.at(name + "_unknowns"));
}

void put_rows(const Rows& rows, Record& record) {
  const auto& family = rows.family();
  record.numbers["rows_scale"] = {family.scale};
  record.numbers["rows_sizes"] = family.sizes;
  record.numbers["rows_unknowns"] = rows.unknowns();
  record.numbers["rows_data_emphasis"] = {rows.data_emphasis()};
  if (!family.trained) return;
  auto& hidden = record.blocks["rows_hidden"];
  for (int k : rows.space().owned())
    if (const auto found = family.trained->find(k); found != family.trained->end()) hidden[k] = found->second;
}

void get_rows(Rows& rows, const Record& record, const Journal& journal) {
  rows.set_scale(record.number("rows_scale"));
  rows.set_sizes(record.numbers.at("rows_sizes"));
  rows.set_unknowns(record.numbers.at("rows_unknowns"));
  rows.set_data_emphasis(record.number("rows_data_emphasis"));
  if (const auto hidden = record.blocks.find("rows_hidden"); hidden != record.blocks.end()) {
    HiddenLayers layers;
    for (auto& [k, parameters] : journal.fetch(hidden->second, needed_networks(rows)))
      layers[k] = std::move(parameters);
    rows.set_hidden_layers(std::move(layers));
  }
}

void put_by_row(const Rows& rows, const std::vector<double>& values, const std::string& name,
                Record& record) {
  auto columns = rows.weights();
  for_each_value(rows.rows(), counts(columns), [&](int, std::size_t g, std::size_t s, std::size_t i) {
    const auto& group = rows.rows().groups[g];
    columns[g][s].resize(group.points.size());
    columns[g][s][i] = values[group.rows[i].row(s)];
  });
  record.blocks[name] = by_core(rows.rows(), columns);
}

std::vector<double> get_by_row(const Rows& rows, const std::string& name, const Record& record,
                               const Journal& journal) {
  const auto columns = at_points(rows.rows(), counts(rows.weights()), record.blocks.at(name), journal);
  std::vector<double> values(rows.rows().count, 0.0);
  for_each_value(rows.rows(), counts(columns), [&](int, std::size_t g, std::size_t s, std::size_t i) {
    const auto& group = rows.rows().groups[g];
    values[group.rows[i].row(s)] = columns[g][s][i];
  });
  return values;
}

void put_weights(const Rows& rows, Record& record) {
  record.blocks["rows_weights"] = by_core(rows.rows(), rows.weights());
}

void get_weights(Rows& rows, const Record& record, const Journal& journal) {
  rows.take_weights(
      at_points(rows.rows(), counts(rows.weights()), record.blocks.at("rows_weights"), journal));
}

}  // namespace ddpinn
