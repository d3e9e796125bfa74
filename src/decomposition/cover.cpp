// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "decomposition/decomposition.hpp"

#include "base/grid_index.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ddpinn {

namespace {

std::vector<MultiIndex> multi_indices(int dimension, int highest) {
  std::vector<MultiIndex> all{{}};
  for (int d = 0; d < dimension; ++d) {
    std::vector<MultiIndex> more;
    for (auto alpha : all)
      for (alpha[d] = 0; order(alpha) <= highest; ++alpha[d]) more.push_back(alpha);
    all.swap(more);
  }
  std::ranges::stable_sort(all, {}, [](const MultiIndex& alpha) { return order(alpha); });
  return all;
}

/// a - b where that is a multi-index.
bool subtract(const MultiIndex& a, const MultiIndex& b, MultiIndex& difference) {
  for (std::size_t d = 0; d < a.size(); ++d) {
    if (b[d] > a[d]) return false;
    difference[d] = static_cast<std::uint8_t>(a[d] - b[d]);
  }
  return true;
}

}  // namespace

/// The subdomain of a box that lives in a part of the domain; -1 where there is none.
int Decomposition::sheet(int box, Sides sides) const {
  if (!region_) return box;
  for (int k : sheets(box))
    if ((*this)[k].sides == sides) return k;
  return -1;
}

/// Divides windows by their sum: quotients of Taylor series in several variables, from sum * (w / sum) = w.
void Decomposition::renormalise(std::span<Cover> live) const {
  if (live.size() == 1) {
    for (auto& factor : live.front().window) factor = LineJet{1};
    return;
  }
  const int stride = derivatives_ + 1;
  const auto alphas = multi_indices(dimension_, derivatives_);
  const auto at = [stride](const MultiIndex& alpha) { return Cover::place(alpha, stride); };
  const auto size = static_cast<std::size_t>(std::pow(stride, dimension_));
  std::vector<double> sum(size, 0.0);
  for (const auto& alpha : alphas)
    for (const auto& cover : live) sum[at(alpha)] += cover.window_jet(alpha);
  for (auto& cover : live) {
    std::vector<double> jet(size, 0.0);
    for (const auto& alpha : alphas) {
      double value = cover.window_jet(alpha);
      MultiIndex rest{};
      for (const auto& beta : alphas)
        if (order(beta) > 0 && subtract(alpha, beta, rest)) value -= sum[at(beta)] * jet[at(rest)];
      jet[at(alpha)] = value / sum[0];
    }
    cover.jet = std::move(jet);
    cover.stride = stride;
  }
}

namespace {

/// The cells by direction whose boxes may reach between two points.
std::vector<std::vector<int>> cells_over(const Decomposition& decomposition, int level, const Point& lower,
                                         const Point& upper) {
  std::vector<std::vector<int>> result;
  for (int d = 0; d < decomposition.dimension(); ++d) {
    const auto& along = decomposition.axis(level, d);
    result.push_back(
        cells_around(along.cell_at(lower[d]), along.cell_at(upper[d]), along.cells(), along.periodic()));
  }
  return result;
}

}  // namespace

/// A point in a strip so thin that no probe met it: the network of the nearest box there goes on into it.
Cover Decomposition::nearest(int level, const Point& x, Sides sides) const {
  Cover best{-1, {}, {}, {}, 0};
  double least = std::numeric_limits<double>::infinity();
  for_each_combination(cells_over(*this, level, x, x), [&](const GridIndex& cell) {
    const int k = sheet(number(level, cell), sides);
    if (k < 0) return;
    Point xi{};
    double distance = 0;
    for (int e = 0; e < dimension_; ++e) {
      const auto& box = (*this)[k].box;
      double offset = x[e] - (box.lower[e] + box.upper[e]) / 2;
      if (const double period = length_[e]; period > 0) offset -= period * std::round(offset / period);
      xi[e] = 2 * offset / box.width(e);
      distance = std::max(distance, std::abs(xi[e]));
    }
    if (distance >= least) return;
    least = distance;
    best.subdomain = k;
    best.xi = xi;
  });
  if (best.subdomain < 0) {
    std::string at;
    for (int d = 0; d < dimension_; ++d) at += (d > 0 ? ", " : "") + std::to_string(x[d]);
    throw Error(Status::case_file,
                "no subdomain is near the point (" + at +
                    ") (shapes cut the domain into parts thinner than a sixteenth of a subdomain); take more "
                    "subdomains, or larger shapes");
  }
  for (auto& factor : best.window) factor = LineJet{1};
  return best;
}

void Decomposition::cover_level(int level, const Point& x, Sides sides, std::vector<Cover>& covers) const {
  std::array<std::vector<Axis::Cover>, max_dimension> along;
  GridIndex counts;
  counts.fill(1);
  for (int d = 0; d < dimension_; ++d) {
    along[d] = axis(level, d).cover(x[d]);
    counts[d] = along[d].size();
  }
  const auto begin = covers.size();
  bool all = true;
  for_each_index(counts, [&](const GridIndex& place) {
    GridIndex cell{};
    for (int d = 0; d < dimension_; ++d) cell[d] = along[d][place[d]].cell;
    const int k = sheet(number(level, cell), sides);
    all = all && k >= 0;
    if (k < 0) return;
    auto& cover = covers.emplace_back();
    cover.subdomain = k;
    cover.window.fill(LineJet{1});
    for (int d = 0; d < dimension_; ++d) {
      cover.xi[d] = along[d][place[d]].xi;
      cover.window[d] = along[d][place[d]].window;
    }
  });
  if (covers.size() == begin)
    covers.push_back(nearest(level, x, sides));
  else if (!all)
    renormalise(std::span(covers).subspan(begin));
}

std::vector<int> Decomposition::over(int core) const {
  std::vector<int> result;
  const auto& box = (*this)[core].core;
  for (int level = 0; level < levels(); ++level)
    for_each_combination(cells_over(*this, level, box.lower, box.upper), [&](const GridIndex& cell) {
      const auto& sheets = sheets_[number(level, cell)];
      result.insert(result.end(), sheets.begin(), sheets.end());
    });
  std::ranges::sort(result);
  const auto repeated = std::ranges::unique(result);
  result.erase(repeated.begin(), repeated.end());
  return result;
}

std::vector<Cover> Decomposition::cover(const Point& x, Sides sides) const {
  std::vector<Cover> covers;
  for (int level = 0; level < levels(); ++level) cover_level(level, x, sides, covers);
  if (!std::ranges::is_sorted(covers, {}, &Cover::subdomain))
    std::ranges::stable_sort(covers, {}, &Cover::subdomain);
  return covers;
}

std::vector<Sides> Decomposition::sides(std::span<const Point> points) const {
  return region_ ? region_->sides(points) : std::vector<Sides>(points.size(), 0);
}

std::vector<Cover> Decomposition::cover(const Point& x) const {
  return cover(x, sides(std::span(&x, 1)).front());
}

}  // namespace ddpinn
