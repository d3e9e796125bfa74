// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/linear/coarse_boxes.hpp"

#include "base/grid_index.hpp"
#include "geometry/quadrature.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace ddpinn {

namespace {

/// Windows of larger boxes: smooth ones, whatever the subdomains have.
constexpr double overlap = 0.25;
constexpr int derivatives = 2;

/// An axis whose cells are `cores` of this one, the last fewer.
Axis larger_axis(const Axis& axis, int cores) {
  std::vector<double> breakpoints;
  for (int c = 0; c < axis.cells(); c += cores) breakpoints.push_back(axis.core_lower(c));
  breakpoints.push_back(axis.core_upper(axis.cells() - 1));
  return {std::move(breakpoints), overlap, axis.periodic(), Window::bump, derivatives};
}

/// Legendre polynomials up to a degree, inside [-1, 1] or not.
std::vector<double> legendre(int highest, double x) {
  std::vector<double> values{1, x};
  for (int n = 1; n < highest; ++n)
    values.push_back(((2 * n + 1) * x * values[n] - n * values[n - 1]) / (n + 1));
  values.resize(highest + 1);
  return values;
}

}  // namespace

CoarseBoxes::CoarseBoxes(const Decomposition& decomposition, const NetworkShape& shape, int cores)
    : cores_(cores), exponents_(shape.exponents()) {
  over_.resize(decomposition.size());
  if (are_subdomains()) {
    for (int k = 0; k < decomposition.size(); ++k) {
      home_.push_back(k);
      if (decomposition[k].level == 0) over_[k] = {k};
    }
    return;
  }
  exponents_.resize(shape.coarse_polynomials());
  for (const auto& e : exponents_)
    for (int d = 0; d < decomposition.dimension(); ++d) highest_ = std::max(highest_, static_cast<int>(e[d]));
  find_lines(decomposition);
  number_boxes(decomposition);
}

void CoarseBoxes::find_lines(const Decomposition& decomposition) {
  for (int d = 0; d < decomposition.dimension(); ++d) {
    const auto& axis = decomposition.axis(0, d);
    const auto larger = larger_axis(axis, cores_);
    auto& lines = lines_.emplace_back();
    for (int cell = 0; cell < axis.cells(); ++cell) {
      auto& line = lines.emplace_back(this->line(decomposition, d, larger, cell));
      DistinctNumbers::Columns numbers{{static_cast<double>(line.cells.size())}};
      for (const auto& m : line.coefficients) numbers.emplace_back(m.entries().begin(), m.entries().end());
      const auto found = kinds_.find(numbers);
      line.kind = found ? *found : kinds_.add(std::move(numbers));
    }
  }
}

/// Projections in the mean over the core's box; beyond the ends of the domain windows are as at them.
CoarseBoxes::Line CoarseBoxes::line(const Decomposition& decomposition, int direction, const Axis& larger,
                                    int cell) const {
  constexpr int points = 12;
  const auto& axis = decomposition.axis(0, direction);
  const double lower = axis.core_lower(0), upper = axis.core_upper(axis.cells() - 1);
  const auto rule = gauss_legendre(points);
  Line result;
  for (int i = 0; i < points; ++i) {
    double x = axis.box_lower(cell) + rule.node[i] * (axis.box_upper(cell) - axis.box_lower(cell));
    if (axis.periodic()) x -= (upper - lower) * std::floor((x - lower) / (upper - lower));
    const double inside = std::clamp(x, lower, upper);
    const auto own = legendre(highest_, 2 * rule.node[i] - 1);
    for (const auto& cover : larger.cover(inside)) {
      const auto found = std::ranges::find(result.cells, cover.cell);
      const auto place = found - result.cells.begin();
      if (found == result.cells.end()) {
        result.cells.push_back(cover.cell);
        result.coefficients.emplace_back(highest_ + 1, highest_ + 1);
      }
      const auto theirs = legendre(highest_, cover.xi + (x - inside) / larger.half_width(cover.cell));
      for (int a = 0; a <= highest_; ++a)
        for (int b = 0; b <= highest_; ++b)
          result.coefficients[place](a, b) +=
              (2 * a + 1) * rule.weight[i] * own[a] * cover.window[0] * theirs[b];
    }
  }
  return result;
}

/// Boxes without a core that has a network in their part of the domain are left out.
void CoarseBoxes::number_boxes(const Decomposition& decomposition) {
  using Place = std::pair<GridIndex, Sides>;
  std::map<Place, int> number;
  const auto counts = [&](int k) { return decomposition[k].level == 0 && decomposition[k].live; };
  for (int k = 0; k < decomposition.size(); ++k) {
    if (!counts(k)) continue;
    GridIndex cell{};
    for (int d = 0; d < decomposition.dimension(); ++d) cell[d] = decomposition[k].cell[d] / cores_;
    if (number.try_emplace({cell, decomposition[k].sides}, size()).second) home_.push_back(k);
  }
  lines_of_.resize(decomposition.size());
  kept_.resize(decomposition.size());
  for (int k = 0; k < decomposition.size(); ++k) {
    if (!counts(k)) continue;
    std::vector<std::vector<int>> cells;
    for (int d = 0; d < decomposition.dimension(); ++d) {
      const auto& line = lines_[d][decomposition[k].cell[d]];
      lines_of_[k].push_back(&line);
      cells.push_back(line.cells);
    }
    for_each_combination(cells, [&](const GridIndex& cell) {
      const auto found = number.find({cell, decomposition[k].sides});
      kept_[k].push_back(found != number.end());
      if (found != number.end()) over_[k].push_back(found->second);
    });
  }
}

SharedMatrix CoarseBoxes::polynomials(int k) {
  std::vector<std::size_t> kinds;
  for (const auto* line : lines_of_[k]) kinds.push_back(line->kind);
  auto& known = known_[{kinds, kept_[k]}];
  if (!known) known = shared(polynomials(lines_of_[k], kept_[k]));
  return known;
}

Matrix CoarseBoxes::polynomials(const std::vector<const Line*>& lines, const std::vector<char>& kept) const {
  const auto n = exponents_.size();
  Matrix result(n, n * static_cast<std::size_t>(std::ranges::count(kept, 1)));
  GridIndex counts;
  counts.fill(1);
  for (std::size_t d = 0; d < lines.size(); ++d) counts[d] = static_cast<int>(lines[d]->cells.size());
  std::size_t combination = 0, column = 0;
  for_each_index(counts, [&](const GridIndex& place) {
    if (!kept[combination++]) return;
    for (const auto& theirs : exponents_) {
      for (std::size_t i = 0; i < n; ++i) {
        double& entry = result(i, column) = 1;
        for (std::size_t d = 0; d < lines.size(); ++d)
          entry *= lines[d]->coefficients[place[d]](exponents_[i][d], theirs[d]);
      }
      ++column;
    }
  });
  return result;
}

int cores_per_box(const Decomposition& decomposition, std::size_t functions, long long most) {
  // In three dimensions the factors of n functions take some n^(4/3) entries, and n^2 operations: at fifteen
  // thousand a second or two, and 100 MB. Boxes of two cores reach further than their neighbours, since no
  // core between them is under one of them alone: 13,310 functions of theirs took 920 MB.
  constexpr long long in_space = 15000, in_a_plane = 150000;
  constexpr double of_two_cores = 2.5;
  int directions = 0, longest = 1;
  for (int d = 0; d < decomposition.dimension(); ++d) {
    const int cells = decomposition.axis(0, d).cells();
    directions += cells > 2 ? 1 : 0;
    longest = std::max(longest, cells);
  }
  if (most == 0) most = directions > 2 ? in_space : in_a_plane;
  for (int cores = 1; cores < longest; ++cores) {
    double count = static_cast<double>(functions) * (cores == 2 ? of_two_cores : 1);
    for (int d = 0; d < decomposition.dimension(); ++d)
      count *= std::ceil(1.0 * decomposition.axis(0, d).cells() / cores);
    if (count <= static_cast<double>(most)) return cores;
  }
  return longest;
}

}  // namespace ddpinn
