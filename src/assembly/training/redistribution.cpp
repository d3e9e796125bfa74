// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/training/redistribution.hpp"

#include "assembly/row_numbers.hpp"
#include "assembly/training/trainable_field.hpp"
#include "base/random.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace ddpinn {

namespace {

/// Candidates for each point.
constexpr int candidates_per_point = 8;

bool moves(const PointGroup& group) { return group.statements->interior && group.given.empty(); }

PointsOptions more_points(PointsOptions options) {
  options.sampling = Sampling::random;
  options.interior.front() *= candidates_per_point;
  options.boundary = 1;
  return options;
}

/// The norm of all residuals of a group at its points.
std::vector<double> sizes(const PointGroup& group, const std::vector<double>& rows) {
  std::vector<double> result(group.points.size());
  for (std::size_t i = 0; i < result.size(); ++i) {
    const auto place = group.rows[i];
    for (std::size_t s = 0; s < group.statements->statements.size(); ++s)
      result[i] = std::hypot(result[i], rows[place.row(s)]);
  }
  return result;
}

/// `count` of these, without replacement (P. S. Efraimidis, P. G. Spirakis, Inf. Process. Lett. 97, 2006).
std::vector<std::size_t> draw(std::vector<std::size_t> candidates, std::size_t count,
                              const std::vector<double>& size, Random random) {
  double mean = 0;
  for (auto i : candidates) mean += size[i] / static_cast<double>(candidates.size());
  std::vector<std::pair<double, std::size_t>> keys;
  for (auto i : candidates)
    keys.emplace_back(-std::log(1 - random.uniform()) / (1 + (mean > 0 ? size[i] / mean : 0)), i);
  count = std::min(count, keys.size());
  std::ranges::nth_element(keys, keys.begin() + count);
  std::vector<std::size_t> chosen;
  for (std::size_t k = 0; k < count; ++k) chosen.push_back(keys[k].second);
  std::ranges::sort(chosen);
  return chosen;
}

std::map<int, std::vector<std::size_t>> by_core(const PointGroup& group) {
  std::map<int, std::vector<std::size_t>> result;
  for (std::size_t i = 0; i < group.core.size(); ++i) result[group.core[i]].push_back(i);
  return result;
}

/// Replaces the points of a group by some of the candidates, as many in each core.
void replace(PointGroup& group, const PointGroup& candidates, const std::vector<double>& size,
             std::uint64_t seed) {
  const auto present = by_core(group);
  std::vector<std::size_t> chosen;
  for (const auto& [core, list] : by_core(candidates)) {
    const auto found = present.find(core);
    if (found == present.end()) continue;
    const auto drawn = draw(list, found->second.size(), size, Random(seed, core));
    chosen.insert(chosen.end(), drawn.begin(), drawn.end());
  }
  group.points = permuted(candidates.points, chosen);
  group.core = permuted(candidates.core, chosen);
  group.cover = candidates.cover.of(chosen);
}

std::string name_of(std::size_t group) { return "points_" + std::to_string(group); }

}  // namespace

void put_points(const Rows& rows, Record& record) {
  const auto& groups = rows.rows().groups;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    if (!moves(groups[g])) continue;
    auto& blocks = record.blocks[name_of(g)];
    for (std::size_t i = 0; i < groups[g].points.size(); ++i) {
      auto& block = blocks[groups[g].core[i]];
      block.insert(block.end(), groups[g].points.x[i].begin(), groups[g].points.x[i].end());
      block.push_back(groups[g].points.measure[i]);
    }
  }
}

LocalRows get_points(const Rows& rows, const Record& record, const Journal& journal) {
  auto groups = rows.rows().groups;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    auto& group = groups[g];
    if (!moves(group)) continue;
    PointSet points;
    group.core.clear();
    for (const auto& [core, block] : journal.fetch(record.blocks.at(name_of(g)), rows.space().owned_cores()))
      for (auto from = block.begin(); from != block.end(); ++from) {
        for (auto& coordinate : points.x.emplace_back()) coordinate = *from++;
        points.measure.push_back(*from);
        group.core.push_back(core);
      }
    group.cover = PointCovers(rows.decomposition(), points.x);
    group.points = std::move(points);
  }
  return number_rows(std::move(groups));
}

LocalRows redistribute(const Communicator& comm, const Rows& discretisation, ::Vec parameters,
                       const PointsOptions& options, std::uint64_t round) {
  const auto seed = mix(discretisation.family().seed + round);
  auto candidates =
      discretisation.with_rows(draw_rows(discretisation.model(), discretisation.decomposition(),
                                         discretisation.owner(), comm.rank(), more_points(options), seed));
  candidates.set_unknowns(discretisation.unknowns());
  TrainableField field(comm, candidates, Precision::float64);
  field.refresh(parameters);
  const auto fields = field.fields();
  candidates.set_weights(fields);
  const auto rows = candidates.residual(fields);
  auto groups = discretisation.rows().groups;
  for (std::size_t g = 0; g < groups.size(); ++g)
    if (const auto& drawn = candidates.rows().groups[g]; moves(groups[g]))
      replace(groups[g], drawn, sizes(drawn, rows), mix(seed) + g);
  return number_rows(std::move(groups));
}

}  // namespace ddpinn
