// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/point_drawing.hpp"

#include "geometry/tensor_points.hpp"
#include "problem/form_points.hpp"

#include <algorithm>
#include <cmath>
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

/// Visits the parts between the cuts, each with its share of the points by direction.
/// @param whole a direction that is not cut, or -1
void for_each_part(const Drawing& drawing, const std::vector<int>& counts, int whole,
                   const std::function<void(const Box&, const std::vector<int>&)>& visit) {
  if (drawing.sampling != Sampling::gauss || drawing.cuts.empty()) return visit(drawing.box, counts);
  auto parts = drawing.cuts;
  if (whole >= 0) parts[whole] = {drawing.box.lower[whole], drawing.box.upper[whole]};
  std::vector<std::vector<int>> shares;
  for (std::size_t d = 0; d < parts.size(); ++d) shares.push_back(share_out(counts[d], parts[d]));
  std::vector<int> part_counts(counts.size());
  Box part = drawing.box;
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

/// How many times as many points per direction a part of a core needs to have as many as a whole one; at
/// most 4.
double density(double share, int dimension) { return std::min(4.0, std::pow(share, -1.0 / dimension)); }

int denser(int count, double factor) { return static_cast<int>(std::ceil(count * factor - 1e-9)); }

std::vector<char> kept_points(const Decomposition& decomposition, const Drawing& drawing,
                              const PointSet& points) {
  std::vector<char> kept;
  for (auto sides : decomposition.sides(points.x)) kept.push_back(drawing.kept(sides));
  return kept;
}

/// Adds the group's single points in the drawing's box, and the observations there.
void append_single_points(const StatementGroup& group, const Box& around, const Box& domain,
                          DrawnPoints& drawn) {
  for (std::size_t i = 0; i < group.points.size(); ++i) {
    if (!in_core(group.points[i], around, domain)) continue;
    append(drawn.points, {{group.points[i]}, {1.0}, {Point{}}});
    for (std::size_t c = 0; c < group.given.size(); ++c) drawn.given[c].push_back(group.given[c][i]);
  }
}

void keep_flagged(DrawnPoints& drawn, const std::vector<char>& flag) {
  for (auto& column : drawn.given) {
    std::size_t i = 0;
    std::erase_if(column, [&](double) { return !flag[i++]; });
  }
  keep_flagged(drawn.points, flag);
}

}  // namespace

std::vector<Drawing> core_drawings(const Decomposition& decomposition, int k, const std::vector<int>& counts,
                                   Sampling sampling) {
  Drawing whole{decomposition[k].core, decomposition[k].core, counts};
  whole.sampling = sampling;
  whole.cuts = decomposition.core_parts(k);
  const auto& sheets = decomposition.sheets(k);
  if (sheets.size() == 1 && decomposition[k].share == 1) return {whole};
  std::vector<Drawing> drawings;
  std::vector<Sides> with_network;
  for (int sheet : sheets) {
    const auto sides = with_network.emplace_back(decomposition[sheet].sides);
    auto& part = drawings.emplace_back(whole);
    for (auto& n : part.interior) n = denser(n, density(decomposition[sheet].share, std::ssize(counts)));
    part.kept = [sides](Sides at) { return at == sides; };
  }
  drawings.push_back(whole);
  drawings.back().kept = [with_network](Sides at) {
    return std::ranges::find(with_network, at) == with_network.end();
  };
  return drawings;
}

Drawing boundary_drawing(const Decomposition& decomposition, int k, int count, Sampling sampling) {
  const int dimension = decomposition.dimension();
  const auto& core = decomposition[k].core;
  Drawing drawing{core, core, {}};
  drawing.face.assign(dimension, sampling == Sampling::gauss ? face_count(count) : count);
  double factor = 1;
  for (int sheet : decomposition.sheets(k))
    factor = std::max(factor, density(decomposition[sheet].share, dimension));
  drawing.surface = denser(count, factor);
  drawing.sampling = sampling;
  drawing.cuts = decomposition.core_parts(k);
  return drawing;
}

PointSet draw_interior(const Region& region, const Decomposition& decomposition, const Drawing& drawing,
                       std::uint64_t seed) {
  PointSet all;
  for_each_part(drawing, drawing.interior, -1, [&](const Box& part, const std::vector<int>& counts) {
    append(all, sample_interior(region, part, counts, drawing.sampling, seed));
  });
  if (drawing.kept) keep_flagged(all, kept_points(decomposition, drawing, all));
  return all;
}

PointSet draw_face(const Region& region, const Drawing& drawing, Face face, std::uint64_t seed) {
  PointSet all;
  for_each_part(drawing, drawing.face, face.direction, [&](const Box& part, const std::vector<int>& counts) {
    append(all, sample_face(region, part, face, counts, drawing.sampling, seed));
  });
  return all;
}

DrawnPoints draw(const StatementGroup& group, const Region& region, const Decomposition& decomposition,
                 const Drawing& drawing, std::uint64_t& stream) {
  DrawnPoints drawn{{}, std::vector<std::vector<double>>(group.given.size())};
  if (group.interior) {
    drawn.points = only_where(group.where, draw_interior(region, decomposition, drawing, stream));
    return drawn;
  }
  for (const auto& face : group.faces) append(drawn.points, draw_face(region, drawing, face, ++stream));
  for (auto shape : group.shapes)
    append(drawn.points, sample_surface(region, shape, drawing.box, drawing.surface, ++stream));
  append_single_points(group, drawing.around, region.box(), drawn);
  drawn.points = only_where(group.where, std::move(drawn.points));  // data hold everywhere
  if (drawing.kept) keep_flagged(drawn, kept_points(decomposition, drawing, drawn.points));
  return drawn;
}

}  // namespace ddpinn
