// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/box_rows.hpp"

#include "assembly/row_numbers.hpp"
#include "base/random.hpp"
#include "decomposition/part_boxes.hpp"
#include "geometry/tensor_points.hpp"

#include <algorithm>
#include <cmath>

namespace ddpinn {

namespace {

/// The intervals of one direction, each with its shift.
std::vector<std::pair<std::array<double, 2>, double>> interval_parts(const Region& region, int d,
                                                                     double lower, double upper) {
  const double first = region.box().lower[d], last = region.box().upper[d], length = last - first;
  if (!region.periodic(d)) return {{{std::max(lower, first), std::min(upper, last)}, 0.0}};
  std::vector<std::pair<std::array<double, 2>, double>> parts;
  for (const double shift : {-length, 0.0, length}) {
    const double low = std::max(lower - shift, first), high = std::min(upper - shift, last);
    if (high - low > region.box().rounding(d)) parts.push_back({{low, high}, shift});
  }
  return parts;
}

/// Points of a part of the box: as many of `count` as its share of the box's width.
int share(int count, double part, double whole) {
  return std::max(1, static_cast<int>(std::ceil(count * std::min(1.0, part / whole) - 1e-9)));
}

/// Widths of a box inside the domain.
Point widths_inside(const Region& region, const Box& box) {
  Point width{};
  for (int d = 0; d < box.dimension; ++d)
    width[d] = region.periodic(d) ? box.width(d)
                                  : std::min(box.upper[d], region.box().upper[d]) -
                                        std::max(box.lower[d], region.box().lower[d]);
  return width;
}

/// Draws the rows of one box.
class BoxDrawing {
 public:
  BoxDrawing(const Model& model, const Decomposition& decomposition, const std::vector<int>& parts,
             const BoxPoints& density)
      : region_(model.region),
        decomposition_(decomposition),
        parts_(parts),
        density_(density),
        width_(widths_inside(region_, decomposition[parts.front()].box)) {}

  PointGroup group(const StatementGroup& statements) const {
    std::uint64_t stream = mix(density_.seed);
    auto group = point_group(statements, {}, region_.dimension());
    group.probe_step = region_.probe_step();
    for (const auto& at : box_parts(region_, decomposition_, parts_.front())) {
      if (!statements.interface)
        for (int k : parts_) add_part(group, at, k, stream);
      else if (parts_.size() > 1)
        add_interface(group, at, stream);
    }
    group.core.assign(group.points.size(), decomposition_[parts_.front()].first);
    for (auto& column : group.given) column.resize(group.points.size());
    return group;
  }

 private:
  /// The points of one part of the domain. Where it has little of the box, they stand in a smaller one around
  /// it.
  void add_part(PointGroup& group, const BoxPart& at, int k, std::uint64_t& stream) const {
    Drawing drawing{at.box, at.box, {}};
    double denser = 1;
    if (parts_.size() > 1) {
      const auto parts = part_boxes(region_, at.box);
      const auto found = parts.find(decomposition_[k].sides);
      if (found == parts.end()) return;
      drawing.box = found->second.box;
      denser = std::min(2.0, std::pow(found->second.share, -1.0 / region_.dimension()));
    }
    const bool gauss = density_.sampling == Sampling::gauss;
    for (int d = 0; d < region_.dimension(); ++d) {
      const auto count = [&](int n) {
        return share(static_cast<int>(std::ceil(n * denser - 1e-9)), at.box.width(d), width_[d]);
      };
      drawing.interior.push_back(count(density_.interior[d]));
      drawing.face.push_back(count(gauss ? face_count(density_.boundary) : density_.boundary));
      drawing.surface = std::max(drawing.surface, count(density_.boundary));
    }
    drawing.sampling = density_.sampling;
    drawing.kept = [own = decomposition_[k].sides](Sides sides) { return sides == own; };
    auto drawn = draw(*group.statements, region_, decomposition_, drawing, stream);
    for (const auto& x : drawn.points.x) group.cover.push_back({alone(decomposition_, k, x, at)});
    append(group, std::move(drawn));
  }

  /// The points of interfaces, covered from both sides, twice as dense as others, since an interface may
  /// cross little of the box; those with a side in which the box has no part, since that is too thin to be
  /// found, are left out.
  void add_interface(PointGroup& group, const BoxPart& at, std::uint64_t& stream) const {
    Drawing drawing{at.box, at.box, {}};
    for (int d = 0; d < at.box.dimension; ++d)
      drawing.surface = std::max(drawing.surface, share(2 * density_.boundary, at.box.width(d), width_[d]));
    auto drawn = draw(*group.statements, region_, decomposition_, drawing, stream);
    const auto covers =
        covers_of_sides(drawn.points, region_, decomposition_, [&](const Point& x, Sides sides) {
          std::vector<Cover> own;
          for (int k : parts_)
            if (decomposition_[k].sides == sides) own.push_back(alone(decomposition_, k, x, at));
          return own;
        });
    std::vector<char> kept;
    for (const auto& both : covers) {
      kept.push_back(!both.empty());
      if (kept.back()) group.cover.push_back(both);
    }
    keep_flagged(drawn.points, kept);
    append(group, std::move(drawn));
  }

  const Region& region_;
  const Decomposition& decomposition_;
  const std::vector<int>& parts_;
  const BoxPoints& density_;
  Point width_;
};

}  // namespace

std::vector<BoxPart> box_parts(const Region& region, const Decomposition& decomposition, int k) {
  const auto& box = decomposition[k].box;
  std::vector<BoxPart> parts{{box, {}}};
  for (int d = 0; d < box.dimension; ++d) {
    std::vector<BoxPart> cut;
    for (const auto& [interval, shift] : interval_parts(region, d, box.lower[d], box.upper[d]))
      for (auto part : parts) {
        part.box.lower[d] = interval[0];
        part.box.upper[d] = interval[1];
        part.shift[d] = shift;
        cut.push_back(part);
      }
    parts.swap(cut);
  }
  return parts;
}

Cover alone(const Decomposition& decomposition, int k, const Point& x) {
  Cover cover{k, {}, {}};
  const auto& box = decomposition[k].box;
  for (auto& factor : cover.window) factor = LineJet{1};
  for (int d = 0; d < box.dimension; ++d) cover.xi[d] = 2 * (x[d] - box.lower[d]) / box.width(d) - 1;
  return cover;
}

Cover alone(const Decomposition& decomposition, int k, Point x, const BoxPart& at) {
  for (int d = 0; d < at.box.dimension; ++d) x[d] += at.shift[d];
  return alone(decomposition, k, x);
}

LocalRows draw_box(const Model& model, const Decomposition& decomposition, const std::vector<int>& parts,
                   const BoxPoints& density, std::size_t further) {
  const BoxDrawing drawing(model, decomposition, parts, density);
  std::vector<PointGroup> groups;
  for (const auto& statements : model.groups)
    if (density.data || !statements.is_data()) groups.push_back(drawing.group(statements));
  return number_as_one(std::move(groups), parts, further);
}

}  // namespace ddpinn
