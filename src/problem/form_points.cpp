// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/form_points.hpp"

#include "base/random.hpp"
#include "geometry/cut_quadrature.hpp"
#include "geometry/tensor_points.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>

namespace ddpinn {

namespace {

/// Points of each part between the ends: n where it is widest, where windows do not change or the least. In
/// the others they are rational functions, of which few points would make a bar of two materials miss its
/// flux: by 1e-4 with 4, 2e-6 with 6, 1e-8 with 8. In three directions they would be most of the work.
std::vector<int> points_of_parts(const std::vector<double>& ends, int n, int dimension) {
  const int of_windows = dimension < 3 ? 10 : 7;
  std::size_t widest = 0;
  for (std::size_t i = 1; i + 1 < ends.size(); ++i)
    if (ends[i + 1] - ends[i] > (1 + 1e-9) * (ends[widest + 1] - ends[widest])) widest = i;
  std::vector<int> result(ends.size() - 1, std::max(of_windows, n / 2 + 2));
  result[widest] = n;
  return result;
}

bool is_flat(const Box& box, int d) { return box.lower[d] == box.upper[d]; }

/// Visits the parts of a box, which may be flat in some directions, with their points by direction.
void for_parts(const Box& box, const std::vector<std::vector<double>>& cuts, const std::vector<int>& counts,
               const std::function<void(const Box&, const std::vector<int>&)>& visit) {
  Box part = box;
  std::vector<int> part_counts(counts.size(), 1);
  const auto descend = [&](auto&& self, int d) -> void {
    if (d == box.dimension) return visit(part, part_counts);
    if (is_flat(box, d)) return self(self, d + 1);
    const auto points = points_of_parts(cuts[d], counts[d], box.dimension);
    for (std::size_t i = 0; i < points.size(); ++i) {
      part.lower[d] = cuts[d][i];
      part.upper[d] = cuts[d][i + 1];
      part_counts[d] = points[i];
      self(self, d + 1);
    }
  };
  descend(descend, 0);
}

/// A box without the directions in which it is flat.
class Reduced {
 public:
  explicit Reduced(const Box& box) : whole_(box), box_(box) {
    for (int d = 0; d < box.dimension; ++d) {
      if (is_flat(box, d)) continue;
      const auto i = direction_.size();
      box_.lower[i] = box.lower[d];
      box_.upper[i] = box.upper[d];
      direction_.push_back(d);
    }
    box_.dimension = direction_.size();
  }

  const Box& box() const { return box_; }

  std::vector<int> counts(const std::vector<int>& of_whole) const {
    std::vector<int> result;
    for (int d : direction_) result.push_back(of_whole[d]);
    return result;
  }

  /// What is asked of points of the whole box, of points of this one.
  template <class Function>
  auto asked(Function&& function) const {
    return [this, function](std::span<const Point> points) {
      std::vector<Point> there;
      for (const auto& x : points) there.push_back(lifted(x, whole_.lower));
      return function(std::span<const Point>(there));
    };
  }

  PointSet lifted(PointSet points) const {
    for (auto& x : points.x) x = lifted(x, whole_.lower);
    for (auto& normal : points.normal) normal = lifted(normal, Point{});
    return points;
  }

 private:
  Point lifted(const Point& x, Point result) const {
    for (std::size_t i = 0; i < direction_.size(); ++i) result[direction_[i]] = x[i];
    return result;
  }

  Box whole_, box_;
  std::vector<int> direction_;  ///< of the whole box, by direction of this one
};

class FormPoints {
 public:
  FormPoints(const StatementGroup& group, const Region& region, const Box& core,
             const std::vector<std::vector<double>>& cuts, const PointsOptions& options)
      : group_(group), region_(region), core_(core), cuts_(cuts), options_(options) {}

  PointSet all() const {
    PointSet result;
    if (group_.interior) {
      for_parts(core_, cuts_, options_.interior, [&](const Box& part, const std::vector<int>& counts) {
        append(result, cut_points(part, counts));
      });
      keep_flagged(result, region_.contains(result.x));
    }
    const std::vector<int> counts(core_.dimension, options_.boundary);
    for (const auto& face : group_.faces) append(result, on_face(face, counts));
    for (auto shape : group_.shapes) append(result, on_surface(shape, counts));
    return only_where(group_.where, std::move(result));
  }

 private:
  /// Tells points apart by whatever makes the density jump.
  PartOf parts() const {
    return [this](std::span<const Point> points) {
      const std::vector<Point> x(points.begin(), points.end());
      std::vector<std::uint64_t> flagged(x.size(), 0);  // more flags than an integer has bits
      const auto add = [&](const auto& flags) {
        for (std::size_t i = 0; i < x.size(); ++i) flagged[i] = mix(2 * flagged[i] + (flags[i] != 0));
      };
      add(region_.contains(x));
      if (region_.has_interfaces()) {
        const auto sides = region_.sides(x);
        for (std::size_t s = 0; s < region_.shapes(); ++s) {
          std::vector<char> flags;
          for (auto side : sides) flags.push_back(s < max_interfaces && (side >> s & 1) != 0);
          add(flags);
        }
      }
      if (group_.where) add(group_.where->at(x));
      if (group_.weak)
        for (const auto& level : group_.weak->switches) {
          std::vector<char> negative;
          for (double value : level.at(x)) negative.push_back(value < 0);
          add(negative);
        }
      std::vector<int> part;
      for (auto flags : flagged) part.push_back(static_cast<int>(flags >> 33));
      return part;
    };
  }

  PointSet on_face(const Face& face, const std::vector<int>& counts) const {
    const int d = face.direction;
    const auto& box = region_.box();
    const double at = face.upper ? box.upper[d] : box.lower[d];
    PointSet result;
    if (region_.periodic(d) || (face.upper ? core_.upper[d] : core_.lower[d]) != at) return result;
    Box flat = core_;
    flat.lower[d] = flat.upper[d] = at;
    for_parts(flat, cuts_, counts, [&](const Box& part, const std::vector<int>& points) {
      append(result, cut_points(part, points));
    });
    Point normal{};
    normal[d] = face.upper ? 1 : -1;
    set_normal(result, normal);
    keep_boundary(region_, result);
    return result;
  }

  PointSet cut_points(const Box& part, const std::vector<int>& counts) const {
    const Reduced reduced(part);
    if (reduced.box().dimension == 0) return {{part.lower}, {1.0}, {}};
    return reduced.lifted(cut_quadrature(reduced.box(), reduced.counts(counts), reduced.asked(parts())));
  }

  /// With normals out of the domain; of an interface, from the inside of its shape. Where a surface lies in
  /// the face of a core or between its parts, these reach a little further, and the point is that of the core
  /// on the inner side.
  PointSet on_surface(std::size_t shape, const std::vector<int>& counts) const {
    PointSet result;
    const auto& given = region_.shape(shape);
    const LevelSet level = [&](std::span<const Point> x) { return region_.level_set(shape, x); };
    Box box = core_;
    auto cuts = cuts_;
    bool moved = false;
    for (int d = 0; d < box.dimension; ++d) {
      if (is_flat(core_, d)) continue;
      for (auto& cut : cuts[d]) {
        if (!lies_in_plane(level, d, cut)) continue;
        moved = true;
        cut += &cut == &cuts[d].front() ? -beyond(d) : beyond(d);
      }
      box.lower[d] = cuts[d].front();
      box.upper[d] = cuts[d].back();
    }
    for_parts(box, cuts, counts, [&](const Box& part, const std::vector<int>& points) {
      const Reduced reduced(part);
      append(result,
             reduced.lifted(surface_quadrature(reduced.box(), reduced.counts(points), reduced.asked(level))));
    });
    if (given.use == Shape::Use::remove)
      for (auto& normal : result.normal)
        for (auto& n : normal) n = 0 - n;
    given.use == Shape::Use::interface ? keep_within(region_, result) : keep_boundary(region_, result);
    if (moved) keep_inner(result);
    return result;
  }

  double beyond(int direction) const { return 1e-6 * core_.width(direction); }

  /// Whether a surface lies in the plane across a direction, anywhere in the core.
  bool lies_in_plane(const LevelSet& level, int direction, double at) const {
    constexpr int probes = 9;
    std::vector<Point> points{core_.center()};
    for (int d = 0; d < core_.dimension; ++d) {
      std::vector<Point> more;
      for (auto x : points)
        for (int i = 0; i < (d == direction ? 2 : probes); ++i) {
          x[d] = d == direction ? at + (2 * i - 1) * beyond(d)
                                : core_.lower[d] + (i + 0.5) / probes * core_.width(d);
          more.push_back(x);
        }
      points = std::move(more);
    }
    std::ranges::stable_sort(points, {}, [&](const Point& x) { return x[direction]; });
    const auto values = level(points);
    const auto half = points.size() / 2;
    for (std::size_t i = 0; i < half; ++i)
      if ((values[i] < 0) != (values[half + i] < 0)) return true;
    return false;
  }

  void keep_inner(PointSet& set) const {
    std::vector<char> own;
    for (std::size_t i = 0; i < set.size(); ++i) {
      bool inside = true;
      for (int d = 0; d < core_.dimension; ++d) {
        const double inner = set.x[i][d] - 2 * beyond(d) * set.normal[i][d];
        inside = inside && core_.lower[d] <= inner && inner <= core_.upper[d];
      }
      own.push_back(inside);
    }
    keep_flagged(set, own);
  }

  const StatementGroup& group_;
  const Region& region_;
  const Box& core_;
  const std::vector<std::vector<double>>& cuts_;
  const PointsOptions& options_;
};

}  // namespace

PointSet form_points(const StatementGroup& group, const Region& region, const Box& box,
                     const std::vector<std::vector<double>>& cuts, const PointsOptions& options) {
  return FormPoints(group, region, box, cuts, options).all();
}

PointSet only_where(const std::optional<Expression>& where, PointSet points) {
  if (!where) return points;
  std::vector<char> holds;
  for (double value : where->at(points.x)) holds.push_back(value != 0);
  keep_flagged(points, holds);
  return points;
}

}  // namespace ddpinn
