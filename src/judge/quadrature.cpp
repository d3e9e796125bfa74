// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "judge/quadrature.hpp"

#include "assembly/point_groups.hpp"
#include "problem/form_points.hpp"

namespace ddpinn {

namespace {

/// Quadrature points per direction of a core, in its interior and on faces, and along surfaces of shapes.
constexpr int interior_points = 12;
constexpr int face_points = 16;
constexpr int surface_points = 48;

/// Whether shapes or interfaces may cut cores. In four directions rules that know of it would be most of the
/// work.
bool may_be_cut(const Region& region) { return region.shapes() > 0 && region.dimension() < 4; }

/// Integrated on each side of whatever cuts the core.
PointSet cut_points(const StatementGroup& place, const Space& space, int k) {
  PointsOptions options;
  options.interior.assign(space.model().dimension(), interior_points);
  options.boundary = face_points;
  const auto& decomposition = space.decomposition();
  return form_points(place, space.model().region, decomposition[k].core, decomposition.core_parts(k),
                     options);
}

PointSet core_points(const Space& space, int k) {
  const auto& region = space.model().region;
  StatementGroup place;
  place.interior = true;
  return may_be_cut(region) ? cut_points(place, space, k)
                            : core_quadrature(region, space.decomposition(), k,
                                              std::vector<int>(region.dimension(), interior_points));
}

PointSet face_points_of(const Space& space, int k, const Face& face) {
  const auto& region = space.model().region;
  StatementGroup place;
  place.interior = false;
  place.faces = {face};
  return may_be_cut(region) ? cut_points(place, space, k)
                            : face_quadrature(region, space.decomposition(), k, face, face_points);
}

}  // namespace

PointSet interior_quadrature(const Space& space) {
  PointSet points;
  for (int k : space.owned_cores()) append(points, core_points(space, k));
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
      for (int k : cores) append(place.points, face_points_of(space, k, {d, upper}));
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
