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

void cover_both_sides(PointGroup& group, const Region& region, const Decomposition& decomposition) {
  group.probe_step = region.probe_step();
  const auto minus = decomposition.sides(moved(group.points, -group.probe_step));
  const auto plus = decomposition.sides(moved(group.points, group.probe_step));
  std::vector<char> kept;
  std::vector<int> cores;
  for (std::size_t i = 0; i < minus.size(); ++i) {
    kept.push_back(minus[i] != plus[i]);
    if (!kept.back()) continue;
    cores.push_back(group.core[i]);
    auto& covers = group.cover.emplace_back();
    for (const auto& [side, sides] : {std::pair(Side::minus, minus[i]), std::pair(Side::plus, plus[i])})
      for (auto& cover : decomposition.cover(group.points.x[i], sides)) {
        cover.side = side;
        covers.push_back(std::move(cover));
      }
    std::ranges::stable_sort(covers, {}, &Cover::subdomain);
  }
  keep_flagged(group.points, kept);
  group.core = std::move(cores);
}

}  // namespace ddpinn
