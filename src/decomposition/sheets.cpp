// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "decomposition/sheets.hpp"

#include "base/grid_index.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

namespace ddpinn {

namespace {

/// A window at a probe, at least this fraction of the largest one there, is enough to cover it.
constexpr double enough = 0.02;

/// Points of a core along each direction.
int probes_along(int dimension) { return dimension < 3 ? 16 : dimension == 3 ? 8 : 4; }

using Cell = GridIndex;

class Search {
 public:
  Search(const std::vector<Axis>& axes, const Region& region)
      : axes_(axes), region_(region), n_(probes_along(axes.size())) {
    for (const auto& axis : axes) {
      auto& along = covers_.emplace_back();
      boxes_ *= axis.cells();
      for (int cell = 0; cell < axis.cells(); ++cell)
        for (int i = 0; i < n_; ++i) along.push_back(axis.cover(position(axis, cell, i)));
    }
  }

  std::vector<std::vector<Sheet>> run() {
    for (int box = 0; box < boxes_; ++box) probe(box);
    for (const auto& [share, sides, box] : candidates()) leave_out_if_covered(box, sides);
    std::vector<std::vector<Sheet>> result;
    for (const auto& live : live_) {
      auto& sheets = result.emplace_back();
      for (const auto& [sides, share] : live) sheets.push_back({sides, share});
    }
    return result;
  }

 private:
  struct Probe {
    Cell at;  ///< its place in the core's grid of probes
    Sides sides;
  };

  int dimension() const { return axes_.size(); }

  double position(const Axis& axis, int cell, int i) const {
    return axis.core_lower(cell) + (axis.core_upper(cell) - axis.core_lower(cell)) * (i + 0.5) / n_;
  }

  Cell cell_of(int box) const {
    Cell cell{};
    for (int d = dimension() - 1; d >= 0; --d) {
      const int n = axes_[d].cells();
      cell[d] = box % n;
      box /= n;
    }
    return cell;
  }

  std::size_t box_of(const Cell& cell) const {
    int box = 0;
    for (int d = 0; d < dimension(); ++d) box = box * axes_[d].cells() + cell[d];
    return box;
  }

  /// Finds the parts that the core meets; keeps the probes of those that it is not wholly in.
  void probe(int box) {
    const auto cell = cell_of(box);
    std::vector<Cell> places(1);
    std::vector<Point> x(1);
    for (int d = 0; d < dimension(); ++d) extend(d, cell[d], places, x);
    const auto inside = region_.contains(x);
    const auto sides = region_.sides(x);
    std::map<Sides, double> share;
    for (std::size_t i = 0; i < x.size(); ++i)
      if (inside[i]) share[sides[i]] += 1.0 / x.size();
    auto& probes = probes_.emplace_back();
    const bool whole = share.size() == 1 && std::ranges::find(inside, char{0}) == inside.end();
    for (std::size_t i = 0; i < x.size() && !whole; ++i)
      if (inside[i]) probes.push_back({places[i], sides[i]});
    if (whole) share.begin()->second = 1;
    live_.push_back(std::move(share));
  }

  void extend(int d, int cell, std::vector<Cell>& places, std::vector<Point>& x) const {
    std::vector<Cell> more_places;
    std::vector<Point> more;
    for (std::size_t k = 0; k < x.size(); ++k)
      for (int i = 0; i < n_; ++i) {
        more_places.push_back(places[k]);
        more_places.back()[d] = i;
        more.push_back(x[k]);
        more.back()[d] = position(axes_[d], cell, i);
      }
    places.swap(more_places);
    x.swap(more);
  }

  /// Sheets that might be left out, the smallest shares first.
  std::vector<std::tuple<double, Sides, int>> candidates() const {
    std::vector<std::tuple<double, Sides, int>> all;
    for (int box = 0; box < boxes_; ++box)
      for (const auto& [sides, share] : live_[box])
        if (share < 0.5) all.emplace_back(share, sides, box);
    std::ranges::sort(
        all, {}, [](const auto& c) { return std::tuple(std::get<0>(c), std::get<2>(c), std::get<1>(c)); });
    return all;
  }

  void leave_out_if_covered(int box, Sides sides) {
    auto& live = live_[box];
    const double share = live.at(sides);
    live.erase(sides);
    if (!covered_around(cell_of(box), sides)) live[sides] = share;
  }

  /// Whether the probes of this part are covered in the core and in those next to it.
  bool covered_around(const Cell& here, Sides sides) const {
    std::vector<std::vector<int>> around;
    for (std::size_t d = 0; d < axes_.size(); ++d)
      around.push_back(cells_around(here[d], here[d], axes_[d].cells(), axes_[d].periodic()));
    bool all = true;
    for_each_combination(around, [&](const Cell& cell) { all = all && covered(cell, sides); });
    return all;
  }

  bool covered(const Cell& cell, Sides sides) const {
    const auto box = box_of(cell);
    if (live_[box].contains(sides)) return true;
    return std::ranges::all_of(
        probes_[box], [&](const Probe& probe) { return probe.sides != sides || is_covered(cell, probe); });
  }

  bool is_covered(const Cell& cell, const Probe& probe) const {
    double largest = 0, live = 0;
    const auto covers = [&](std::size_t d) -> const std::vector<Axis::Cover>& {
      return covers_[d][cell[d] * n_ + probe.at[d]];
    };
    GridIndex counts;
    counts.fill(1);
    for (std::size_t d = 0; d < axes_.size(); ++d) counts[d] = covers(d).size();
    for_each_index(counts, [&](const GridIndex& place) {
      Cell at{};
      double window = 1;
      for (std::size_t d = 0; d < axes_.size(); ++d) {
        const auto& cover = covers(d)[place[d]];
        at[d] = cover.cell;
        window *= cover.window[0];
      }
      largest = std::max(largest, window);
      if (window > live && live_[box_of(at)].contains(probe.sides)) live = window;
    });
    return live >= enough * largest;
  }

  const std::vector<Axis>& axes_;
  const Region& region_;
  int n_;
  int boxes_ = 1;
  std::vector<std::vector<std::vector<Axis::Cover>>> covers_;  ///< by direction and probe along it
  std::vector<std::map<Sides, double>> live_;                  ///< shares by box
  std::vector<std::vector<Probe>> probes_;                     ///< by box, inside the domain
};

}  // namespace

std::vector<std::vector<Sheet>> find_sheets(const std::vector<Axis>& axes, const Region& region) {
  return Search(axes, region).run();
}

}  // namespace ddpinn
