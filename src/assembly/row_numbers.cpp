// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/row_numbers.hpp"

#include <algorithm>
#include <map>
#include <numeric>

namespace ddpinn {

namespace {

using Signatures = std::vector<std::vector<int>>;

std::vector<int> signature(const std::vector<Cover>& covers) {
  std::vector<int> subdomains;
  for (const auto& cover : covers)
    if (subdomains.empty() || subdomains.back() != cover.subdomain) subdomains.push_back(cover.subdomain);
  return subdomains;
}

/// Sorts the points of a group by who covers them.
Signatures sort_by_cover(PointGroup& group) {
  Signatures signatures;
  for (const auto& covers : group.cover) signatures.push_back(signature(covers));
  std::vector<std::size_t> order(group.points.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {},
                           [&](std::size_t i) -> const std::vector<int>& { return signatures[i]; });
  group.points = permuted(group.points, order);
  for (auto& column : group.given) column = permuted(column, order);
  group.core = permuted(group.core, order);
  group.cover = permuted(group.cover, order);
  return permuted(signatures, order);
}

/// By cover first, so that a chunk is consecutive; then by group, statement and point.
void number(LocalRows& rows, const std::vector<Signatures>& signatures) {
  struct Run {
    std::size_t group, begin, end;
  };
  std::map<std::vector<int>, std::vector<Run>> runs;
  for (std::size_t g = 0; g < rows.groups.size(); ++g)
    for (std::size_t i = 0, end; i < signatures[g].size(); i = end) {
      for (end = i + 1; end < signatures[g].size() && signatures[g][end] == signatures[g][i];) ++end;
      runs[signatures[g][i]].push_back({g, i, end});
    }
  for (const auto& [subdomains, members] : runs) {
    RowChunk chunk{subdomains, rows.count, 0};
    for (const auto& [g, begin, end] : members) {
      auto& group = rows.groups[g];
      for (auto i = begin; i < end; ++i) {
        group.chunk[i] = rows.chunks.size();
        group.row[i] = rows.count + (i - begin);
        group.stride[i] = end - begin;
      }
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
  std::vector<Signatures> signatures;
  for (auto& group : groups) {
    signatures.push_back(sort_by_cover(group));
    for (auto* numbers : {&group.chunk, &group.row, &group.stride}) numbers->resize(group.points.size());
    rows.groups.push_back(std::move(group));
  }
  number(rows, signatures);
  return rows;
}

LocalRows number_as_one(std::vector<PointGroup> groups, const std::vector<int>& subdomains,
                        std::size_t further) {
  LocalRows rows{std::move(groups), {}, 0};
  for (auto& group : rows.groups) {
    const auto points = group.points.size();
    group.chunk.assign(points, 0);
    group.stride.assign(points, points);
    group.row.resize(points);
    std::iota(group.row.begin(), group.row.end(), rows.count);
    rows.count += points * group.statements->statements.size();
  }
  rows.chunks.push_back({subdomains, 0, rows.count});
  if (further > 0) rows.chunks.push_back({subdomains, rows.count, further});
  rows.count += further;
  return rows;
}

}  // namespace ddpinn
