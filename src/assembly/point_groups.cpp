// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/point_groups.hpp"

#include "assembly/row_numbers.hpp"
#include "base/random.hpp"
#include "problem/form_points.hpp"

namespace ddpinn {

namespace {

/// The points of one group in one core.
DrawnPoints draw_core(const StatementGroup& group, const Region& region, const Decomposition& decomposition,
                      int k, const PointsOptions& options, std::uint64_t seed, bool beside_energy) {
  const auto sampling = options.sampling;
  if (beside_energy && group.points.empty())
    return {form_points(group, region, decomposition[k].core, decomposition.core_parts(k), options), {}};
  std::uint64_t stream = mix(seed ^ mix(static_cast<std::uint64_t>(k)));
  if (!group.interior)
    return draw(group, region, decomposition, boundary_drawing(decomposition, k, options.boundary, sampling),
                stream);
  DrawnPoints all;
  for (const auto& drawing : core_drawings(decomposition, k, options.interior, sampling))
    append(all.points, draw(group, region, decomposition, drawing, stream).points);
  return all;
}

PointGroup draw_group(const StatementGroup& statements, const Model& model,
                      const Decomposition& decomposition, const std::vector<int>& owner, int rank,
                      const PointsOptions& options, std::uint64_t seed) {
  auto group = point_group(statements, {}, model.dimension());
  for (int k = 0; k < decomposition.cores(); ++k) {
    if (owner[k] != rank) continue;
    auto drawn = draw_core(statements, model.region, decomposition, k, options, seed, model.is_weak());
    group.core.insert(group.core.end(), drawn.points.size(), k);
    append(group, std::move(drawn));
  }
  for (auto& column : group.given) column.resize(group.points.size());
  statements.interface ? cover_both_sides(group, model.region, decomposition)
                       : void(group.cover = PointCovers(decomposition, group.points.x));
  return group;
}

}  // namespace

PointSet core_quadrature(const Region& region, const Decomposition& decomposition, int k,
                         const std::vector<int>& counts) {
  PointSet all;
  for (const auto& drawing : core_drawings(decomposition, k, counts, Sampling::gauss))
    append(all, draw_interior(region, decomposition, drawing, 0));
  return all;
}

PointSet face_quadrature(const Region& region, const Decomposition& decomposition, int k, Face face,
                         int count) {
  return draw_face(region, boundary_drawing(decomposition, k, count, Sampling::gauss), face, 0);
}

void append(PointGroup& group, DrawnPoints drawn) {
  for (std::size_t c = 0; c < drawn.given.size(); ++c)
    group.given[c].insert(group.given[c].end(), drawn.given[c].begin(), drawn.given[c].end());
  append(group.points, std::move(drawn.points));
}

PointGroup point_group(const StatementGroup& statements, PointSet points, int dimension) {
  auto group = point_group(std::move(points), statements.derivatives(), dimension);
  group.statements = &statements;
  group.given.resize(statements.given_columns);
  return group;
}

LocalRows draw_rows(const Model& model, const Decomposition& decomposition, const std::vector<int>& owner,
                    int rank, const PointsOptions& options, std::uint64_t seed) {
  std::vector<PointGroup> groups;
  for (std::size_t g = 0; g < model.groups.size(); ++g)
    groups.push_back(draw_group(model.groups[g], model, decomposition, owner, rank, options, mix(seed) + g));
  return number_rows(std::move(groups));
}

}  // namespace ddpinn
