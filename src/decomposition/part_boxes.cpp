// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "decomposition/part_boxes.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace ddpinn {

namespace {

int probes_along(int dimension) { return dimension < 3 ? 32 : dimension == 3 ? 16 : 8; }

using Place = std::array<int, max_dimension>;

class Probes {
 public:
  Probes(const Region& region, const Box& box) : region_(region), box_(box), n_(probes_along(box.dimension)) {
    places_ = {Place{}};
    for (int d = 0; d < box.dimension; ++d) {
      std::vector<Place> more;
      for (auto place : places_)
        for (place[d] = 0; place[d] < n_; ++place[d]) more.push_back(place);
      places_.swap(more);
    }
  }

  std::map<Sides, PartBox> parts() const {
    std::vector<Point> x;
    for (const auto& place : places_) x.push_back(point(place));
    const auto inside = region_.contains(x);
    const auto sides = region_.sides(x);
    std::map<Sides, Extent> extents;
    for (std::size_t i = 0; i < x.size(); ++i) {
      if (!inside[i]) continue;
      auto& extent = extents.try_emplace(sides[i], Extent{places_[i], places_[i], 0}).first->second;
      for (int d = 0; d < box_.dimension; ++d) {
        extent.first[d] = std::min(extent.first[d], places_[i][d]);
        extent.last[d] = std::max(extent.last[d], places_[i][d]);
      }
      extent.measure += measure(places_[i]);
    }
    std::map<Sides, PartBox> result;
    for (const auto& [part, extent] : extents) result[part] = part_box(extent);
    return result;
  }

 private:
  /// The places that a part's probes are between.
  struct Extent {
    Place first, last;
    double measure = 0;
  };

  double angle(int i) const { return std::numbers::pi * (i + 0.5) / n_; }
  double position(int d, int i) const { return box_.lower[d] + box_.width(d) * (1 - std::cos(angle(i))) / 2; }

  Point point(const Place& place) const {
    Point x{};
    for (int d = 0; d < box_.dimension; ++d) {
      x[d] = position(d, place[d]);
      if (!region_.periodic(d)) continue;
      const double length = region_.box().width(d);
      if (x[d] < region_.box().lower[d]) x[d] += length;
      if (x[d] >= region_.box().upper[d]) x[d] -= length;
    }
    return x;
  }

  double measure(const Place& place) const {
    double product = 1;
    for (int d = 0; d < box_.dimension; ++d) product *= std::sin(angle(place[d]));
    return product;
  }

  PartBox part_box(const Extent& extent) const {
    PartBox part{box_, 1};
    double whole = 1;
    for (int d = 0; d < box_.dimension; ++d) {
      double along = 0;
      for (int i = extent.first[d]; i <= extent.last[d]; ++i) along += std::sin(angle(i));
      whole *= along;
      if (extent.first[d] > 0) part.box.lower[d] = position(d, extent.first[d] - 1);
      if (extent.last[d] + 1 < n_) part.box.upper[d] = position(d, extent.last[d] + 1);
    }
    part.share = extent.measure / whole;
    return part;
  }

  const Region& region_;
  const Box& box_;
  int n_;
  std::vector<Place> places_;
};

}  // namespace

std::map<Sides, PartBox> part_boxes(const Region& region, const Box& box) {
  return Probes(region, box).parts();
}

}  // namespace ddpinn
