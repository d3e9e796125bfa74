// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/row_numbers.hpp"

#include <algorithm>
#include <map>

namespace ddpinn {

namespace {

using Signature = std::vector<int>;

Signature signature_of(const PointCovers& covers, std::size_t i) {
  Signature subdomains;
  for (std::size_t c = 0; c < covers.count(i); ++c)
    if (const int k = covers.subdomain(i, c); subdomains.empty() || subdomains.back() != k)
      subdomains.push_back(k);
  return subdomains;
}

/// Points of a group in a row that the same subdomains cover.
struct CoveredRun {
  std::size_t group, begin, end;
};
/// By the subdomains.
using CoveredRuns = std::map<Signature, std::vector<CoveredRun>>;

/// Sorts the points of a group by who covers them.
void sort_by_cover(PointGroup& group, std::size_t number, CoveredRuns& all) {
  CoveredRuns before;
  for (std::size_t i = 0, end; i < group.points.size(); i = end) {
    for (end = i + 1; end < group.points.size() && group.cover.alike(i, end);) ++end;
    before[signature_of(group.cover, i)].push_back({number, i, end});
  }
  std::vector<std::size_t> order;
  order.reserve(group.points.size());
  for (const auto& [subdomains, runs] : before) {
    const auto begin = order.size();
    for (const auto& run : runs)
      for (auto i = run.begin; i < run.end; ++i) order.push_back(i);
    all[subdomains].push_back({number, begin, order.size()});
  }
  group.points = permuted(group.points, order);
  for (auto& column : group.given) column = permuted(column, order);
  group.core = permuted(group.core, order);
  group.cover = group.cover.of(order);
}

/// By cover first, so that a chunk is consecutive; then by group, statement and point.
void number(LocalRows& rows, const CoveredRuns& runs) {
  for (const auto& [subdomains, members] : runs) {
    RowChunk chunk{subdomains, rows.count, 0};
    for (const auto& [g, begin, end] : members) {
      auto& group = rows.groups[g];
      group.rows.add(end - begin, rows.chunks.size(), rows.count);
      rows.count += (end - begin) * group.statements->statements.size();
    }
    chunk.count = rows.count - chunk.begin;
    rows.chunks.push_back(chunk);
  }
}

}  // namespace

PointSet permuted(const PointSet& points, const std::vector<std::size_t>& order) {
  return {permuted(points.x, order), permuted(points.measure, order),
          points.normal.empty() ? points.normal : permuted(points.normal, order)};
}

LocalRows number_rows(std::vector<PointGroup> groups) {
  LocalRows rows;
  CoveredRuns runs;
  for (auto& group : groups) {
    sort_by_cover(group, rows.groups.size(), runs);
    group.rows.clear();
    rows.groups.push_back(std::move(group));
  }
  number(rows, runs);
  return rows;
}

LocalRows number_as_one(std::vector<PointGroup> groups, const std::vector<int>& subdomains,
                        std::size_t further) {
  LocalRows rows{std::move(groups), {}, 0};
  for (auto& group : rows.groups) {
    const auto points = group.points.size();
    group.rows.clear();
    group.rows.add(points, 0, rows.count);
    rows.count += points * group.statements->statements.size();
  }
  rows.chunks.push_back({subdomains, 0, rows.count});
  if (further > 0) rows.chunks.push_back({subdomains, rows.count, further});
  rows.count += further;
  return rows;
}

}  // namespace ddpinn
