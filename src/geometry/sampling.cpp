// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/sampling.hpp"

#include "base/random.hpp"
#include "geometry/tensor_points.hpp"

#include <cmath>

namespace ddpinn {

void append(PointSet& all, PointSet&& more) {
  all.x.insert(all.x.end(), more.x.begin(), more.x.end());
  all.measure.insert(all.measure.end(), more.measure.begin(), more.measure.end());
  all.normal.insert(all.normal.end(), more.normal.begin(), more.normal.end());
}

PointSet sample_interior(const Region& region, const Box& core, const std::vector<int>& counts,
                         Sampling sampling, std::uint64_t seed) {
  auto set = box_points(core, counts, sampling, seed);
  keep_flagged(set, region.contains(set.x));
  return set;
}

PointSet sample_face(const Region& region, const Box& core, Face face, int count, Sampling sampling,
                     std::uint64_t seed) {
  const int n = sampling == Sampling::gauss ? face_count(count) : count;
  return sample_face(region, core, face, std::vector<int>(core.dimension, n), sampling, seed);
}

PointSet sample_face(const Region& region, const Box& core, Face face, const std::vector<int>& counts,
                     Sampling sampling, std::uint64_t seed) {
  const int i = face.direction;
  const double end = face.upper ? region.box().upper[i] : region.box().lower[i];
  const double side = face.upper ? core.upper[i] : core.lower[i];
  if (region.periodic(i) || std::abs(side - end) > region.box().rounding(i)) return {};
  Box part = core;
  part.lower[i] = part.upper[i] = end;
  // Each face has a stream of its own: opposite faces would else carry the same points.
  const std::uint64_t stream = mix(seed + 2 * i + (face.upper ? 1 : 0));
  auto set = box_points(part, counts, sampling, stream);
  Point normal{};
  normal[i] = face.upper ? 1 : -1;
  set_normal(set, normal);
  keep_boundary(region, set);
  return set;
}

}  // namespace ddpinn
