// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "grid/elements/element_points.hpp"

#include "geometry/tensor_points.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

namespace ddpinn {

namespace {

/// Per direction of an element: more than products of its functions need, for coefficients that vary.
constexpr int gauss_points = 3;

int elements(const GridMesh& mesh, std::size_t s) {
  return s < mesh.space().size() ? mesh.axis(mesh.space()[s]).cells() : 1;
}

void for_elements(const GridMesh& mesh, const std::function<void(const SpaceIndex&)>& visit) {
  for (int k = 0; k < elements(mesh, 2); ++k)
    for (int j = 0; j < elements(mesh, 1); ++j)
      for (int i = 0; i < elements(mesh, 0); ++i) visit({i, j, k});
}

/// An element, flat in time.
Box box_of(const GridMesh& mesh, const Region& region, const SpaceIndex& element, int level) {
  Box box = region.box();
  const auto x = mesh.at(element, level);
  for (std::size_t s = 0; s < mesh.space().size(); ++s) {
    const int d = mesh.space()[s];
    const auto& axis = mesh.axis(d);
    box.lower[d] = x[d];
    // The domain's end is met exactly: faces are told by it.
    if (element[s] + 1 < axis.cells()) box.upper[d] = axis.coordinate(element[s] + 1);
  }
  if (mesh.time() >= 0) box.lower[mesh.time()] = box.upper[mesh.time()] = x[mesh.time()];
  return box;
}

ElementPoints drawn(const StatementGroup& group, const GridMesh& mesh, const Region& region, int level,
                    int count) {
  ElementPoints result;
  PointsOptions options;
  options.interior.assign(mesh.dimension(), count);
  options.boundary = count;
  for_elements(mesh, [&](const SpaceIndex& element) {
    const auto box = box_of(mesh, region, element, level);
    std::vector<std::vector<double>> cuts;
    for (int d = 0; d < mesh.dimension(); ++d) cuts.push_back({box.lower[d], box.upper[d]});
    append(result.set, form_points(group, region, box, cuts, options));
    result.element.resize(result.set.size(), element);
  });
  return result;
}

/// The element that a point is in.
SpaceIndex element_at(const GridMesh& mesh, const Region& region, const Point& x) {
  SpaceIndex result{};
  for (std::size_t s = 0; s < mesh.space().size(); ++s) {
    const int d = mesh.space()[s];
    const auto& axis = mesh.axis(d);
    const double place = (x[d] - region.box().lower[d]) / axis.spacing();
    result[s] = std::clamp(static_cast<int>(std::floor(place)), 0, axis.cells() - 1);
  }
  return result;
}

bool stands_on(const Face& face, const GridMesh& mesh, const SpaceIndex& node, int level) {
  if (face.direction == mesh.time()) return !face.upper && level == 0;
  for (std::size_t s = 0; s < mesh.space().size(); ++s)
    if (mesh.space()[s] == face.direction)
      return !mesh.axis(face.direction).periodic() &&
             node[s] == (face.upper ? mesh.axis(face.direction).cells() : 0);
  return false;
}

/// The nodes of the faces in the domain.
PointSet nodes_of_faces(const StatementGroup& group, const GridMesh& mesh, const Region& region, int level) {
  PointSet points;
  for (const auto& face : group.faces) {
    Point normal{};
    normal[face.direction] = face.upper ? 1 : -1;
    for (const auto& node : mesh.level_indices()) {
      if (!stands_on(face, mesh, node, level)) continue;
      points.x.push_back(mesh.at(node, level));
      points.normal.push_back(normal);
    }
  }
  points.measure.assign(points.x.size(), 1);
  keep_flagged(points, region.contains(points.x));
  return points;
}

/// Single points whose time is nearest to the level's.
PointSet single_points(const StatementGroup& group, const GridMesh& mesh, int level) {
  PointSet points;
  for (const auto& x : group.points) {
    if (mesh.time() >= 0 && mesh.axis(mesh.time()).nearest(x[mesh.time()]) != level) continue;
    points.x.push_back(x);
    points.normal.emplace_back();
  }
  points.measure.assign(points.x.size(), 1);
  return points;
}

}  // namespace

ElementPoints points_of_form(const StatementGroup& group, const GridMesh& mesh, const Region& region,
                             int level) {
  return drawn(group, mesh, region, level, gauss_points);
}

ElementPoints points_of_condition(const StatementGroup& group, const GridMesh& mesh, const Region& region,
                                  int level) {
  ElementPoints result;
  if (!group.shapes.empty()) {
    auto surfaces = group;
    surfaces.faces.clear();
    result = drawn(surfaces, mesh, region, level, 1);
  }
  auto others = nodes_of_faces(group, mesh, region, level);
  append(others, single_points(group, mesh, level));
  others = only_where(group.where, std::move(others));
  for (const auto& x : others.x) result.element.push_back(element_at(mesh, region, x));
  append(result.set, std::move(others));
  return result;
}

}  // namespace ddpinn
