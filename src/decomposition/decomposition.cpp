// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "decomposition/decomposition.hpp"

#include "decomposition/part_boxes.hpp"
#include "decomposition/sheets.hpp"

#include <algorithm>

namespace ddpinn {

namespace {

std::vector<double> equal_parts(double lower, double upper, int n) {
  std::vector<double> breakpoints(static_cast<std::size_t>(n) + 1);
  for (int i = 0; i <= n; ++i) breakpoints[i] = lower + (upper - lower) * i / n;
  breakpoints.back() = upper;
  return breakpoints;
}

}  // namespace

Decomposition::Decomposition(const Domain& domain, const DecompositionOptions& options, int derivatives,
                             const Region* region)
    : dimension_(domain.coordinates.size()), derivatives_(derivatives) {
  if (region && region->shapes() > 0) region_ = std::make_shared<const Region>(*region);
  for (std::size_t d = 0; d < domain.coordinates.size(); ++d)
    length_.push_back(domain.periodic[d] ? domain.upper[d] - domain.lower[d] : 0);
  append_level(domain, options, options.subdomains, derivatives);
  cores_ = size();
  DecompositionOptions equal = options;
  equal.breakpoints.clear();
  for (const auto& counts : options.levels) append_level(domain, equal, counts, derivatives);
  append_sheets();
  if (options.coupling == Coupling::interface && region_ && region_->has_interfaces()) append_further_parts();
}

/// Finds out which boxes have networks, and gives numbers to those after the first of a box.
void Decomposition::append_sheets() {
  const auto boxes = subdomains_.size();
  sheets_.resize(boxes);
  if (!region_) {
    for (std::size_t k = 0; k < boxes; ++k) sheets_[k] = {static_cast<int>(k)};
    return;
  }
  std::size_t box = 0;
  for (const auto& axes : axes_)
    for (const auto& sheets : find_sheets(axes, *region_)) {
      subdomains_[box].live = !sheets.empty();
      for (std::size_t i = 0; i < sheets.size(); ++i) {
        const auto k = i == 0 ? box : subdomains_.size();
        if (i > 0) subdomains_.push_back(subdomains_[box]);
        subdomains_[k].sides = sheets[i].sides;
        subdomains_[k].share = sheets[i].share;
        sheets_[box].push_back(k);
      }
      ++box;
    }
}

void Decomposition::append_further_parts() {
  further_.resize(sheets_.size());
  for (std::size_t box = 0; box < sheets_.size(); ++box) {
    if (sheets_[box].empty()) continue;
    Box inner = subdomains_[box].box;
    for (int d = 0; d < dimension_; ++d) {
      if (region_->periodic(d)) continue;
      inner.lower[d] = std::max(inner.lower[d], region_->box().lower[d]);
      inner.upper[d] = std::min(inner.upper[d], region_->box().upper[d]);
    }
    for (const auto& [sides, part] : part_boxes(*region_, inner)) {
      if (sheet(box, sides) >= 0) continue;
      further_[box].push_back(size());
      subdomains_.push_back(subdomains_[box]);
      subdomains_.back().sides = sides;
      subdomains_.back().share = 0;
      subdomains_.back().live = false;
    }
  }
}

std::vector<int> Decomposition::parts(int box) const {
  auto parts = sheets(box);
  if (!further_.empty()) {
    const auto& further = further_[box];
    parts.insert(parts.end(), further.begin(), further.end());
  }
  return parts;
}

int Decomposition::live() const { return std::ranges::count(subdomains_, true, &Subdomain::live); }

void Decomposition::append_level(const Domain& domain, const DecompositionOptions& options,
                                 const std::vector<int>& counts, int derivatives) {
  auto& axes = axes_.emplace_back();
  const auto window = options.window;
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
    Subdomain s{level, {}, {dimension_, {}, {}}, {dimension_, {}, {}}, size()};
    int rest = k;
    for (int d = dimension_ - 1; d >= 0; --d) {
      const auto& axis = axes[d];
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
  for (int d = 0; d < dimension_; ++d) k = k * axes_[level][d].cells() + cell[d];
  return first_[level] + k;
}

int Decomposition::core_at(const Point& x) const {
  std::array<int, max_dimension> cell{};
  for (int d = 0; d < dimension_; ++d) cell[d] = axes_[0][d].cell_at(x[d]);
  return number(0, cell);
}

std::vector<std::vector<double>> Decomposition::core_parts(int k) const {
  std::vector<std::vector<double>> parts;
  const auto& subdomain = (*this)[k];
  for (int d = 0; d < dimension_; ++d) parts.push_back(axes_[subdomain.level][d].parts(subdomain.cell[d]));
  return parts;
}

Point Decomposition::half_widths(int k) const {
  Point half{};
  const auto& box = (*this)[k].box;
  for (int d = 0; d < dimension_; ++d) half[d] = box.width(d) / 2;
  return half;
}

}  // namespace ddpinn
