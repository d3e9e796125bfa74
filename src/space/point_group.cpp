// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "space/point_group.hpp"

#include "geometry/tensor_points.hpp"

#include <algorithm>

namespace ddpinn {

PointGroup point_group(PointSet points, std::vector<Derivative> derivatives, int dimension) {
  PointGroup group;
  std::vector<MultiIndex> wanted;
  for (const auto& derivative : derivatives) wanted.push_back(derivative.alpha);
  group.derivatives = std::move(derivatives);
  group.space = JetSpace(dimension, wanted);
  group.points = std::move(points);
  return group;
}

std::vector<std::vector<Cover>> covers_of_sides(const PointSet& points, const Region& region,
                                                const Decomposition& decomposition, const CoversAt& at) {
  const auto minus = decomposition.sides(moved(points, -region.probe_step()));
  const auto plus = decomposition.sides(moved(points, region.probe_step()));
  std::vector<std::vector<Cover>> result(points.size());
  for (std::size_t i = 0; i < result.size(); ++i) {
    if (minus[i] == plus[i]) continue;
    auto covers = at(points.x[i], minus[i]), behind = at(points.x[i], plus[i]);
    if (covers.empty() || behind.empty()) continue;
    for (auto& cover : covers) cover.side = Side::minus;
    for (auto& cover : behind) covers.emplace_back(std::move(cover)).side = Side::plus;
    std::ranges::stable_sort(covers, {}, &Cover::subdomain);
    result[i] = std::move(covers);
  }
  return result;
}

void cover_both_sides(PointGroup& group, const Region& region, const Decomposition& decomposition) {
  group.probe_step = region.probe_step();
  auto covers = covers_of_sides(group.points, region, decomposition,
                                [&](const Point& x, Sides sides) { return decomposition.cover(x, sides); });
  std::vector<char> kept;
  std::vector<int> cores;
  for (std::size_t i = 0; i < covers.size(); ++i) {
    kept.push_back(!covers[i].empty());
    if (!kept.back()) continue;
    cores.push_back(group.core[i]);
    group.cover.push_back(std::move(covers[i]));
  }
  keep_flagged(group.points, kept);
  group.core = std::move(cores);
}

}  // namespace ddpinn
