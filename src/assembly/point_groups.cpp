// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/point_groups.hpp"

#include "assembly/row_numbers.hpp"
#include "base/random.hpp"
#include "geometry/tensor_points.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

namespace ddpinn {

namespace {

/// Shares n Gauss points out to parts of a core: as the roots of their widths, at least one each, n
/// altogether.
std::vector<int> share_out(int n, const std::vector<double>& ends) {
  std::vector<double> wish;
  for (std::size_t i = 0; i + 1 < ends.size(); ++i) wish.push_back(std::sqrt(ends[i + 1] - ends[i]));
  const double total = std::accumulate(wish.begin(), wish.end(), 0.0);
  std::vector<int> counts;
  for (auto& w : wish) counts.push_back(std::max(1, static_cast<int>(w *= n / total)));
  while (std::accumulate(counts.begin(), counts.end(), 0) < n) {
    std::size_t neediest = 0;
    for (std::size_t i = 1; i < wish.size(); ++i)
      if (wish[i] - counts[i] > wish[neediest] - counts[neediest] + 1e-9) neediest = i;
    ++counts[neediest];
  }
  return counts;
}

/// Visits the parts of a core on which all windows are smooth, each with its share of the points by
/// direction. Across such parts a Gauss rule would lose its accuracy, and the residual the orthogonality that
/// makes the error in u small: on multi-scale Laplace problems it is up to a hundred times smaller with the
/// parts, at the same number of points.
/// @param whole a direction that is not cut, or -1
void for_each_part(const Decomposition& decomposition, int k, const std::vector<int>& counts, int whole,
                   const std::function<void(const Box&, const std::vector<int>&)>& visit) {
  auto parts = decomposition.core_parts(k);
  if (whole >= 0) parts[whole] = {decomposition[k].core.lower[whole], decomposition[k].core.upper[whole]};
  std::vector<std::vector<int>> shares;
  for (std::size_t d = 0; d < parts.size(); ++d) shares.push_back(share_out(counts[d], parts[d]));
  std::vector<int> part_counts(counts.size());
  Box part = decomposition[k].core;
  const auto descend = [&](auto&& self, std::size_t d) -> void {
    if (d == parts.size()) return visit(part, part_counts);
    for (std::size_t i = 0; i < shares[d].size(); ++i) {
      part.lower[d] = parts[d][i];
      part.upper[d] = parts[d][i + 1];
      part_counts[d] = shares[d][i];
      self(self, d + 1);
    }
  };
  descend(descend, 0);
}

PointSet draw_interior(const Region& region, const Decomposition& decomposition, int k,
                       const std::vector<int>& wanted, Sampling sampling, std::uint64_t seed) {
  if (sampling != Sampling::gauss)
    return sample_interior(region, decomposition[k].core, wanted, sampling, seed);
  PointSet all;
  for_each_part(decomposition, k, wanted, -1, [&](const Box& part, const std::vector<int>& counts) {
    append(all, sample_interior(region, part, counts, sampling, seed));
  });
  return all;
}

/// How many times as many points a direction a part of a core needs to have as many as a whole one; at
/// most 4.
double density(double share, int dimension) { return std::min(4.0, std::pow(share, -1.0 / dimension)); }

std::vector<int> denser(std::vector<int> counts, double share) {
  const double factor = density(share, counts.size());
  for (auto& n : counts) n = static_cast<int>(std::ceil(n * factor - 1e-9));
  return counts;
}

/// The points in one core, where shapes and interfaces may cut it: those of each part by itself.
PointSet draw_interior(const Region& region, const Decomposition& decomposition, int k,
                       const PointsOptions& options, Sampling sampling, std::uint64_t seed) {
  const auto& sheets = decomposition.sheets(k);
  if (sheets.size() == 1 && decomposition[k].share == 1)
    return draw_interior(region, decomposition, k, options.interior, sampling, seed);
  PointSet all;
  const auto add = [&](double share, const std::function<bool(Sides)>& wanted) {
    auto points = draw_interior(region, decomposition, k, denser(options.interior, share), sampling, seed);
    std::vector<char> kept;
    for (auto sides : decomposition.sides(points.x)) kept.push_back(wanted(sides));
    keep_flagged(points, kept);
    append(all, std::move(points));
  };
  for (int sheet : sheets)
    add(decomposition[sheet].share, [&](Sides sides) { return sides == decomposition[sheet].sides; });
  add(1, [&](Sides sides) {
    return std::ranges::none_of(sheets, [&](int sheet) { return decomposition[sheet].sides == sides; });
  });
  return all;
}

PointSet draw_face(const Region& region, const Decomposition& decomposition, int k, Face face,
                   const PointsOptions& options, Sampling sampling, std::uint64_t seed) {
  if (sampling != Sampling::gauss)
    return sample_face(region, decomposition[k].core, face, options.boundary, sampling, seed);
  PointSet all;
  const std::vector<int> wanted(decomposition.dimension(), face_count(options.boundary));
  for_each_part(decomposition, k, wanted, face.direction,
                [&](const Box& part, const std::vector<int>& counts) {
                  append(all, sample_face(region, part, face, counts, sampling, seed));
                });
  return all;
}

/// Points a core's width of a surface, as dense as those of the smallest part of the core that has a network.
int surface_count(const Decomposition& decomposition, int k, const PointsOptions& options) {
  double factor = 1;
  for (int sheet : decomposition.sheets(k))
    factor = std::max(factor, density(decomposition[sheet].share, decomposition.dimension()));
  return static_cast<int>(std::ceil(options.boundary * factor - 1e-9));
}

/// The points of one group in one core, but for single points.
PointSet draw(const StatementGroup& group, const Region& region, const Decomposition& decomposition, int k,
              const PointsOptions& options, std::uint64_t seed) {
  const auto sampling = options.sampling;
  const auto& core = decomposition[k].core;
  if (group.interior) return draw_interior(region, decomposition, k, options, sampling, seed);
  PointSet all;
  std::uint64_t stream = seed;
  for (const auto& face : group.faces)
    append(all, draw_face(region, decomposition, k, face, options, sampling, ++stream));
  for (auto shape : group.shapes)
    append(all, sample_surface(region, shape, core, surface_count(decomposition, k, options), ++stream));
  return all;
}

PointGroup draw_group(const StatementGroup& statements, const Model& model,
                      const Decomposition& decomposition, const std::vector<int>& owner, int rank,
                      const PointsOptions& options, std::uint64_t seed) {
  auto group = point_group(statements, {}, model.dimension());
  group.given.resize(statements.given_columns);
  for (int k = 0; k < decomposition.cores(); ++k) {
    if (owner[k] != rank) continue;
    auto points = draw(statements, model.region, decomposition, k, options,
                       mix(seed ^ mix(static_cast<std::uint64_t>(k))));
    append_single_points(statements, decomposition[k].core, model.region.box(), points, group.given);
    points = only_where(statements.where, std::move(points));
    group.core.insert(group.core.end(), points.size(), k);
    append(group.points, std::move(points));
  }
  for (auto& column : group.given) column.resize(group.points.size());
  statements.interface ? cover_both_sides(group, model.region, decomposition)
                       : void(group.cover = decomposition.cover(group.points.x));
  return group;
}

}  // namespace

PointSet only_where(const std::optional<Expression>& where, PointSet points) {
  if (!where) return points;
  const auto holds = where->at(points.x);
  std::vector<std::size_t> kept;
  for (std::size_t i = 0; i < points.size(); ++i)
    if (holds[i] != 0) kept.push_back(i);
  return permuted(points, kept);
}

PointSet core_quadrature(const Region& region, const Decomposition& decomposition, int k,
                         const std::vector<int>& counts) {
  PointsOptions options;
  options.interior = counts;
  return draw_interior(region, decomposition, k, options, Sampling::gauss, 0);
}

PointSet face_quadrature(const Region& region, const Decomposition& decomposition, int k, Face face,
                         int count) {
  PointsOptions options;
  options.boundary = count;
  return draw_face(region, decomposition, k, face, options, Sampling::gauss, 0);
}

void append_single_points(const StatementGroup& group, const Box& core, const Box& box, PointSet& points,
                          std::vector<std::vector<double>>& given) {
  for (std::size_t i = 0; i < group.points.size(); ++i) {
    if (!in_core(group.points[i], core, box)) continue;
    append(points, {{group.points[i]}, {1.0}, {Point{}}});
    for (std::size_t c = 0; c < group.given.size(); ++c) given[c].push_back(group.given[c][i]);
  }
}

PointGroup point_group(const StatementGroup& statements, PointSet points, int dimension) {
  auto group = point_group(std::move(points), statements.derivatives(), dimension);
  group.statements = &statements;
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
