// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "grid/grid_rows.hpp"

#include "grid/grid_interfaces.hpp"
#include "grid/grid_shapes.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>

namespace ddpinn {

namespace {

/// A factor below this fraction of its size inside the domain vanishes.
constexpr double vanishing = 1e-11;

/// Off an interface, in cells: more than rounding, less than what differences take for another place.
constexpr double nudge = 1e-10;

/// The largest |factor| on a few points inside the box.
double typical(const Expression& factor, const Box& box) {
  std::vector<Point> x(256);
  for (std::size_t i = 0; i < x.size(); ++i)
    for (int d = 0; d < box.dimension; ++d)
      x[i][d] = box.lower[d] + box.width(d) * (0.2 + 0.2 * ((i >> (2 * d)) & 3));
  double largest = 0;
  for (double value : factor.at(x)) largest = std::max(largest, std::abs(value));
  return largest;
}

}  // namespace

GridRows::GridRows(const GridProblem& problem, std::vector<SpaceIndex> nodes)
    : problem_(&problem), conditions_(problem), nodes_(std::move(nodes)) {
  for (const auto& enforcement : problem.model().enforcement)
    factor_scale_.push_back(enforcement ? typical(enforcement->factor, problem.model().region.box()) : 0.0);
}

void GridRows::assign(std::vector<GridRow> candidates, bool keep, Taken& taken) const {
  const auto& statements = problem_->statements();
  const auto of = [&](const GridRow& row) -> const GridStatement& { return statements[row.statement]; };
  std::ranges::stable_sort(candidates, {}, [&](const GridRow& row) { return of(row).order; });
  for (const auto& row : candidates) {
    int best = -1;
    for (int f = 0; f < std::ssize(taken.row); ++f) {
      if (taken.row[f] || !of(row).uses(f)) continue;
      if (best < 0 || of(row).order_in(f) > of(row).order_in(best)) best = f;
    }
    if (best >= 0)
      taken.row[best] = row;
    else if (keep)
      taken.left_over.push_back(row);
  }
}

GridRows::Taken GridRows::boundary(const SpaceIndex& index, int level) const {
  Taken taken;
  taken.row.resize(problem_->fields());
  const int faces = conditions_.faces_of(index);
  if (faces > 0) assign(conditions_.on_faces(index, level), faces == 1, taken);
  return taken;
}

std::vector<GridRow> GridRows::further(const SpaceIndex& end, const SpaceIndex& opposite, int level,
                                       bool of_opposite) const {
  auto rows = boundary(end, level).left_over;
  if (rows.empty()) return rows;
  const auto there = boundary(opposite, level);
  std::erase_if(rows, [&](const GridRow& row) {
    bool room = false;
    for (std::size_t f = 0; f < there.row.size(); ++f)
      room = room || (!there.row[f] && problem_->statements()[row.statement].uses(f));
    return room != of_opposite;
  });
  return rows;
}

void GridRows::take_further_conditions(const SpaceIndex& index, int level, Taken& taken) const {
  const auto& mesh = problem_->mesh();
  for (std::size_t s = 0; s < mesh.space().size(); ++s) {
    const auto& axis = mesh.axis(mesh.space()[s]);
    if (axis.periodic()) continue;
    for (bool upper : {false, true}) {
      auto end = index, opposite = index;
      end[s] = upper ? axis.cells() : 0;
      opposite[s] = axis.cells() - end[s];
      const bool next = index[s] == (upper ? axis.cells() - 1 : 1);
      if (next || index == opposite) assign(further(end, opposite, level, !next), false, taken);
    }
  }
}

void GridRows::enforce(const Point& x, Taken& taken) const {
  for (std::size_t f = 0; f < taken.row.size(); ++f) {
    const auto& enforcement = problem_->model().enforcement[f];
    if (!enforcement) continue;
    if (std::abs(enforcement->factor.at(std::span(&x, 1))[0]) > vanishing * factor_scale_[f]) continue;
    taken.row[f] = GridRow{.value = enforcement->lift.at(std::span(&x, 1))[0], .x = x};
  }
}

std::vector<double> GridRows::given(std::size_t node) const {
  std::vector<double> values;
  for (const auto& column : given_) values.push_back(column[node]);
  return values;
}

void GridRows::add_equations(int level, std::vector<Taken>& rows) const {
  const auto& mesh = problem_->mesh();
  std::vector<Point> x;
  for (const auto& index : nodes_) x.push_back(mesh.at(index, level));
  std::vector<std::vector<int>> active(nodes_.size());
  std::vector<double> holds;
  const StatementGroup* group = nullptr;
  for (std::size_t k = 0; k < problem_->equations(); ++k) {
    const auto* next = problem_->statements()[k].group;
    if (next != group && next->where && !x.empty()) holds = next->where->at(x);
    group = next;
    for (std::size_t i = 0; i < nodes_.size(); ++i)
      if (!group->where || holds[i] != 0) active[i].push_back(k);
  }
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    auto& taken = rows[i].row;
    if (std::ranges::all_of(taken, [](const auto& row) { return row.has_value(); })) continue;
    const auto& own = problem_->equations_of_fields(active[i], x[i]);
    for (std::size_t f = 0; f < taken.size(); ++f)
      if (!taken[f]) taken[f] = own_row(nodes_[i], level, x[i], own[f], f);
  }
}

GridRow GridRows::own_row(const SpaceIndex& index, int level, const Point& x, int own,
                          std::size_t field) const {
  const auto& statement = problem_->statements()[own];
  const bool absent = !statement.uses(field);
  // At the start, an equation with a derivative in time or without the field says nothing about it.
  const bool silent = problem_->mesh().time() >= 0 && level == 0 && (statement.time_order > 0 || absent);
  if (silent && problem_->time_order(field) > 0)
    throw Error(Status::case_file, statement.statement->at,
                fmt::format("{} has no condition on t.lower ('{}' contains its derivative in time); "
                            "give its initial values",
                            problem_->model().fields[field], statement.statement->name));
  if (silent) return {.x = x, .free = true};
  if (absent && conditions_.faces_of(index) > 0) return {.x = x, .inward = conditions_.inward(index)};
  return {.statement = own, .x = inside_part(index, x), .stabilised = absent};
}

/// Off an interface that a node lies on up to rounding, so that expressions see the node's part.
Point GridRows::inside_part(const SpaceIndex& index, Point x) const {
  const auto& region = problem_->model().region;
  if (!region.has_interfaces()) return x;
  const auto& mesh = problem_->mesh();
  const auto part = problem_->parts().of(index);
  for (std::size_t s = 0; s < mesh.space().size(); ++s) {
    const std::size_t d = mesh.space()[s];
    for (double sign : {-1.0, 1.0}) {
      auto beside = x;
      beside[d] += sign * nudge * mesh.axis(mesh.space()[s]).spacing();
      if (region.sides(std::span(&beside, 1))[0] == part) continue;
      x[d] -= sign * nudge * mesh.axis(mesh.space()[s]).spacing();
    }
  }
  return x;
}

std::vector<GridRow> GridRows::other_parts(const SpaceIndex& index, int level) const {
  std::vector<GridRow> result;
  const auto x = problem_->mesh().at(index, level);
  for (std::size_t slot = 1; slot < problem_->parts().slots(); ++slot) {
    Taken taken;
    taken.row.resize(problem_->fields());
    const auto part = problem_->parts().part(index, slot);
    if (part) assign(GridInterfaces(*problem_).conditions(index, level, *part), false, taken);
    for (const auto& row : taken.row)
      result.push_back(row ? *row
                           : GridRow{.x = x,
                                     .ghost = part.has_value(),
                                     .part = part.value_or(problem_->parts().of(index))});
  }
  return result;
}

std::vector<GridRow> GridRows::flat(int level, const std::vector<Taken>& rows) const {
  std::vector<GridRow> result;
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    for (const auto& row : rows[i].row) {
      result.push_back(*row);
      result.back().part = problem_->parts().of(nodes_[i]);
    }
    const auto others = other_parts(nodes_[i], level);
    result.insert(result.end(), others.begin(), others.end());
  }
  return result;
}

void GridRows::put_outside(int level, std::vector<Taken>& rows) const {
  const GridShapes shapes(*problem_);
  std::vector<Point> x;
  for (const auto& index : nodes_) x.push_back(problem_->mesh().at(index, level));
  const auto inside = problem_->model().region.contains(x);
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    if (inside[i]) continue;
    Taken taken;
    taken.row.resize(problem_->fields());
    const bool ghost = shapes.touches_inside(nodes_[i], level);
    if (ghost) {
      std::vector<GridRow> found;
      for (const auto& row : shapes.conditions(x[i]))
        if (GridConditions::holds(*problem_->statements()[row.statement].group, row.x)) found.push_back(row);
      assign(std::move(found), false, taken);
    }
    for (auto& row : taken.row)
      if (!row) row = GridRow{.x = x[i], .ghost = ghost};
    rows[i] = std::move(taken);
  }
}

std::vector<GridRow> GridRows::at_level(int level) const {
  std::vector<Taken> rows(nodes_.size());
  const bool start = problem_->mesh().time() >= 0 && level == 0;
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    auto& taken = rows[i];
    taken.row.resize(problem_->fields());
    enforce(problem_->mesh().at(nodes_[i], level), taken);
    if (start) assign(conditions_.at_start(nodes_[i], 0, given(i)), false, taken);
    if (conditions_.faces_of(nodes_[i]) > 0) assign(conditions_.on_faces(nodes_[i], level), false, taken);
    assign(conditions_.at_points(nodes_[i], level), false, taken);
    if (!start) take_further_conditions(nodes_[i], level, taken);
  }
  if (problem_->model().region.shapes() > 0) put_outside(level, rows);
  add_equations(level, rows);
  return flat(level, rows);
}

std::vector<GridRow> GridRows::velocity() const {
  std::vector<GridRow> result;
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    const auto x = problem_->mesh().at(nodes_[i], 0);
    Taken taken;
    taken.row.resize(problem_->fields());
    assign(conditions_.at_start(nodes_[i], 1, given(i)), false, taken);
    for (std::size_t slot = 0; slot < problem_->width(); ++slot) {
      const bool own = slot < taken.row.size() && taken.row[slot];
      result.push_back(own ? *taken.row[slot] : GridRow{.x = x});
      result.back().part = problem_->parts().of(nodes_[i]);
    }
  }
  return result;
}

}  // namespace ddpinn
