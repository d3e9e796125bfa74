// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/congruence.hpp"

#include "base/grid_index.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

namespace ddpinn {

namespace {

/// Differences up to this many units in the last place, of the largest number of a column, are rounding.
constexpr double units = 4096;
constexpr double rounding = units * std::numeric_limits<double>::epsilon();

double largest(const std::vector<double>& column) {
  double result = 0;
  for (double value : column) result = std::max(result, std::abs(value));
  return result;
}

/// One direction of a decomposition around one cell, in units of its core's width from its centre.
class AroundCell {
 public:
  AroundCell(const Axis& axis, int cell)
      : axis_(axis),
        cell_(cell),
        centre_((axis.core_lower(cell) + axis.core_upper(cell)) / 2),
        width_(axis.core_upper(cell) - axis.core_lower(cell)) {}

  /// Cores and boxes of the cells up to two away, and which of these lie beyond the ends.
  void add_cells(DistinctNumbers::Columns& columns) const {
    const int n = axis_.cells();
    const double period = axis_.core_upper(n - 1) - axis_.core_lower(0);
    std::vector<double> beyond, ends;
    for (int away = -2; away <= 2; ++away) {
      const int place = cell_ + away;
      const int periods = place < 0 ? (place + 1) / n - 1 : place / n;
      beyond.push_back(periods);
      if (periods != 0 && !axis_.periodic()) continue;
      const int other = place - periods * n;
      for (double x :
           {axis_.core_lower(other), axis_.core_upper(other), axis_.box_lower(other), axis_.box_upper(other)})
        ends.push_back((x + periods * period - centre_) / width_);
    }
    columns.push_back(std::move(beyond));
    columns.push_back(std::move(ends));
  }

  /// Where the nodes of a grid are, and whether there are any on the way to the ends of the domain.
  void add_nodes(int count, DistinctNumbers::Columns& columns) const {
    const double lower = axis_.core_lower(0), upper = axis_.core_upper(axis_.cells() - 1);
    const double spacing = (upper - lower) / count;
    const double phase = 2 * std::numbers::pi * (centre_ - lower) / spacing;
    columns.push_back({spacing / width_, std::cos(phase), std::sin(phase)});
    if (axis_.periodic()) return;
    constexpr double reach = 1;  // of a smooth interpolation beyond the cell that holds a point
    std::vector<double> to_ends;
    for (double length : {axis_.box_lower(cell_) - lower, upper - axis_.box_upper(cell_)})
      to_ends.push_back(std::min(reach, std::floor(length / spacing + 1e-6)));
    columns.push_back(std::move(to_ends));
  }

 private:
  const Axis& axis_;
  int cell_;
  double centre_, width_;
};

/// The class of each cell of a direction. @param nodes cells of a grid; 0: none
std::vector<int> classes_along(const Axis& axis, int nodes) {
  DistinctNumbers distinct;
  std::vector<int> result;
  for (int cell = 0; cell < axis.cells(); ++cell) {
    const AroundCell around(axis, cell);
    DistinctNumbers::Columns columns;
    around.add_cells(columns);
    if (nodes > 0) around.add_nodes(nodes, columns);
    const auto found = distinct.find(columns);
    result.push_back(static_cast<int>(found ? *found : distinct.add(std::move(columns))));
  }
  return result;
}

/// Whether classes can have more than one member at all.
bool comparable(const Model& model, const Decomposition& decomposition, const NetworkFamily& family) {
  if (family.trained || (!family.shared && family.shape.width() > 0) || decomposition.levels() > 1)
    return false;
  for (const auto& enforcement : model.enforcement)
    if (enforcement) return false;
  return std::ranges::none_of(model.groups, [](const StatementGroup& group) {
    return group.where || (group.given_columns > 0 && !group.is_data());
  });
}

/// Boxes around which the domain is whole, by box.
std::vector<char> whole_around(const Model& model, const Decomposition& decomposition) {
  std::vector<char> result(decomposition.cores(), 1);
  if (model.region.shapes() == 0) return result;
  const auto whole = [&](int box) {
    return decomposition.sheets(box).size() == 1 && decomposition[box].share == 1 &&
           decomposition.parts(box).size() == 1;
  };
  for (int k = 0; k < decomposition.cores(); ++k) {
    std::vector<std::vector<int>> cells;
    for (int d = 0; d < decomposition.dimension(); ++d) {
      const auto& axis = decomposition.axis(0, d);
      const int cell = decomposition[k].cell[d], n = axis.cells();
      auto& along = cells.emplace_back();
      for (int c = cell - 2; c <= cell + 2; ++c)
        if (axis.periodic() || (c >= 0 && c < n)) along.push_back((c % n + n) % n);
    }
    for_each_combination(cells, [&](const GridIndex& cell) {
      const int near = decomposition.number(0, cell);
      if (!whole(near) || decomposition[near].sides != decomposition[k].sides) result[k] = 0;
    });
  }
  return result;
}

/// Boxes in which single points stand are told from others.
void mark_points(const Model& model, const Decomposition& decomposition, std::vector<char>& plain) {
  for (const auto& group : model.groups)
    for (const auto& x : group.points)
      for (const auto& cover : decomposition.cover(x)) plain[decomposition[cover.subdomain].first] = 0;
}

}  // namespace

Congruence::Congruence(const Decomposition& decomposition)
    : of_(decomposition.cores()), classes_(decomposition.cores()) {
  std::iota(of_.begin(), of_.end(), 0);
}

Congruence::Congruence(const Model& model, const Decomposition& decomposition, const NetworkFamily& family,
                       const std::vector<int>& grid)
    : Congruence(decomposition) {
  if (!comparable(model, decomposition, family)) return;
  auto plain = whole_around(model, decomposition);
  mark_points(model, decomposition, plain);
  std::vector<std::vector<int>> along;
  for (int d = 0; d < decomposition.dimension(); ++d)
    along.push_back(
        classes_along(decomposition.axis(0, d), grid.empty() ? 0 : grid[static_cast<std::size_t>(d)]));
  std::map<std::pair<GridIndex, Sides>, int> known;
  classes_ = 0;
  for (int k = 0; k < decomposition.cores(); ++k) {
    of_[k] = classes_;
    if (plain[k]) {
      GridIndex place{};
      for (int d = 0; d < decomposition.dimension(); ++d) place[d] = along[d][decomposition[k].cell[d]];
      of_[k] = known.try_emplace({place, decomposition[k].sides}, classes_).first->second;
    }
    classes_ = std::max(classes_, of_[k] + 1);
  }
}

int moved_box(const Decomposition& decomposition, int box, int from, int to) {
  GridIndex cell{};
  for (int d = 0; d < decomposition.dimension(); ++d) {
    const auto& axis = decomposition.axis(0, d);
    const int n = axis.cells();
    const int place = decomposition[box].cell[d] + decomposition[to].cell[d] - decomposition[from].cell[d];
    cell[d] = (place % n + n) % n;
  }
  return decomposition.number(0, cell);
}

Point shift_between(const Decomposition& decomposition, int from, int to) {
  Point shift{};
  const auto &a = decomposition[from].core, &b = decomposition[to].core;
  for (int d = 0; d < decomposition.dimension(); ++d)
    shift[d] = (b.lower[d] + b.upper[d] - a.lower[d] - a.upper[d]) / 2;
  return shift;
}

bool DistinctNumbers::equal(const Columns& a, const Columns& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t c = 0; c < a.size(); ++c) {
    if (a[c].size() != b[c].size()) return false;
    const double least = rounding * std::max(largest(a[c]), largest(b[c]));
    for (std::size_t i = 0; i < a[c].size(); ++i)
      if (!(std::abs(a[c][i] - b[c][i]) <= least)) return false;
  }
  return true;
}

/// Sizes of columns enter apart from their directions.
double DistinctNumbers::projection(const Columns& columns) {
  double sum = 0, place = 0.3;
  const auto add = [&](double value) {  // with irregular weights between -1 and 1
    place += 2 * (std::numbers::phi - 1);
    if (place > 1) place -= 2;
    sum += value * place;
  };
  for (const auto& column : columns) {
    const double size = largest(column);
    add(size > 0 ? std::log(size) : 0);
    for (double value : column) add(size > 0 ? value / size : 0);
  }
  return sum;
}

std::optional<std::size_t> DistinctNumbers::find(const Columns& columns, const void* kind) const {
  const double at = projection(columns);
  std::optional<std::size_t> found;
  for (auto i = by_projection_.lower_bound(at - reach); i != by_projection_.upper_bound(at + reach); ++i)
    if (sets_[i->second].kind == kind && (!found || i->second < *found) &&
        equal(sets_[i->second].columns, columns))
      found = i->second;
  return found;
}

std::size_t DistinctNumbers::add(Columns columns, const void* kind) {
  by_projection_.emplace(projection(columns), sets_.size());
  sets_.push_back({std::move(columns), kind});
  return sets_.size() - 1;
}

}  // namespace ddpinn
