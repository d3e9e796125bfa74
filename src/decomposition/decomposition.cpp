// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "decomposition/decomposition.hpp"

#include <algorithm>

namespace ddpinn {

namespace {

std::vector<double> equal_parts(double lower, double upper, int n) {
  std::vector<double> breakpoints(static_cast<std::size_t>(n) + 1);
  for (int i = 0; i <= n; ++i) breakpoints[static_cast<std::size_t>(i)] = lower + (upper - lower) * i / n;
  breakpoints.back() = upper;
  return breakpoints;
}

}  // namespace

Decomposition::Decomposition(const Domain& domain, const DecompositionOptions& options, int derivatives)
    : dimension_(static_cast<int>(domain.coordinates.size())) {
  append_level(domain, options, options.subdomains, derivatives);
  cores_ = size();
  DecompositionOptions equal = options;
  equal.breakpoints.clear();
  for (const auto& counts : options.levels) append_level(domain, equal, counts, derivatives);
}

void Decomposition::append_level(const Domain& domain, const DecompositionOptions& options,
                                 const std::vector<int>& counts, int derivatives) {
  auto& axes = axes_.emplace_back();
  const auto window = window_from(options.window);
  for (std::size_t d = 0; d < domain.coordinates.size(); ++d) {
    const auto graded = options.breakpoints.find(domain.coordinates[d]);
    axes.emplace_back(graded != options.breakpoints.end()
                          ? graded->second
                          : equal_parts(domain.lower[d], domain.upper[d], counts[d]),
                      options.overlap, domain.periodic[d], window, derivatives);
  }
  first_.push_back(size());
  const int level = levels() - 1;
  int total = 1;
  for (const auto& axis : axes) total *= axis.cells();
  for (int k = 0; k < total; ++k) {
    Subdomain s{level, {}, {dimension_, {}, {}}, {dimension_, {}, {}}};
    int rest = k;
    for (int d = dimension_ - 1; d >= 0; --d) {
      const auto& axis = axes[static_cast<std::size_t>(d)];
      const int cell = s.cell[d] = rest % axis.cells();
      rest /= axis.cells();
      s.core.lower[d] = axis.core_lower(cell);
      s.core.upper[d] = axis.core_upper(cell);
      s.box.lower[d] = axis.box_lower(cell);
      s.box.upper[d] = axis.box_upper(cell);
    }
    subdomains_.push_back(s);
  }
}

int Decomposition::number(int level, const std::array<int, max_dimension>& cell) const {
  int k = 0;
  for (int d = 0; d < dimension_; ++d)
    k = k * axes_[static_cast<std::size_t>(level)][static_cast<std::size_t>(d)].cells() + cell[d];
  return first_[static_cast<std::size_t>(level)] + k;
}

std::vector<Cover> Decomposition::cover(const Point& x) const {
  std::vector<Cover> covers;
  for (int level = 0; level < levels(); ++level) {
    std::vector<std::pair<std::array<int, max_dimension>, Cover>> partial(1);
    for (auto& factor : partial.front().second.window) factor = LineJet{1};
    for (int d = 0; d < dimension_; ++d) {
      const auto along = axes_[static_cast<std::size_t>(level)][static_cast<std::size_t>(d)].cover(x[d]);
      decltype(partial) grown;
      for (const auto& [cell, cover] : partial)
        for (const auto& one : along) {
          auto& [next_cell, next] = grown.emplace_back(cell, cover);
          next_cell[d] = one.cell;
          next.xi[d] = one.xi;
          next.window[d] = one.window;
        }
      partial.swap(grown);
    }
    for (auto& [cell, cover] : partial) {
      cover.subdomain = number(level, cell);
      covers.push_back(cover);
    }
  }
  std::ranges::stable_sort(covers, {}, &Cover::subdomain);
  return covers;
}

int Decomposition::core_at(const Point& x) const {
  std::array<int, max_dimension> cell{};
  for (int d = 0; d < dimension_; ++d) cell[d] = axes_[0][static_cast<std::size_t>(d)].cell_at(x[d]);
  return number(0, cell);
}

std::vector<std::vector<double>> Decomposition::core_parts(int k) const {
  std::vector<std::vector<double>> parts;
  const auto& subdomain = (*this)[k];
  for (int d = 0; d < dimension_; ++d)
    parts.push_back(axes_[static_cast<std::size_t>(subdomain.level)][static_cast<std::size_t>(d)].parts(
        subdomain.cell[d]));
  return parts;
}

Point Decomposition::half_widths(int k) const {
  Point half{};
  const auto& box = (*this)[k].box;
  for (int d = 0; d < dimension_; ++d) half[d] = box.width(d) / 2;
  return half;
}

}  // namespace ddpinn
