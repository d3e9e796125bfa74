// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "judge/quadrature.hpp"

#include "assembly/point_groups.hpp"

namespace ddpinn {

namespace {

/// Quadrature points per direction of a core, in its interior and on faces, and along surfaces of shapes.
constexpr int interior_points = 12;
constexpr int face_points = 16;
constexpr int surface_points = 48;

}  // namespace

PointSet interior_quadrature(const Space& space) {
  const auto& region = space.model().region;
  PointSet points;
  for (int k : space.owned_cores())
    append(points, core_quadrature(region, space.decomposition(), k,
                                   std::vector<int>(region.dimension(), interior_points)));
  return points;
}

std::vector<BoundaryPlace> boundary_quadrature(const Space& space) {
  const auto& model = space.model();
  const auto& decomposition = space.decomposition();
  const auto cores = space.owned_cores();
  std::vector<BoundaryPlace> places;
  for (int d = 0; d < model.dimension(); ++d)
    for (bool upper : {false, true}) {
      if (model.region.periodic(d)) continue;
      auto& place = places.emplace_back();
      place.name = model.coordinates[d] + (upper ? ".upper" : ".lower");
      for (int k : cores)
        append(place.points, face_quadrature(model.region, decomposition, k, {d, upper}, face_points));
    }
  for (std::size_t i = 0; i < model.region.shapes(); ++i) {
    const auto& shape = model.region.shape(i);
    if (shape.use == Shape::Use::interface) continue;
    auto& place = places.emplace_back();
    place.name = shape.name;
    for (int k : cores)
      append(place.points, sample_surface(model.region, i, decomposition[k].core, surface_points, 0));
  }
  return places;
}

}  // namespace ddpinn
