// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/isolated_rows.hpp"

namespace ddpinn {

namespace {

std::vector<Cover> covers_of(int k, const PointCovers& all, std::size_t i) {
  std::vector<Cover> own;
  for (std::size_t c = 0; c < all.count(i); ++c)
    if (all.subdomain(i, c) == k) own.push_back(all.at(i, c));
  return own;
}

void copy_point(const PointGroup& from, std::size_t i, PointGroup& to) {
  to.points.x.push_back(from.points.x[i]);
  to.points.measure.push_back(from.points.measure[i]);
  if (!from.points.normal.empty()) to.points.normal.push_back(from.points.normal[i]);
  to.core.push_back(from.core[i]);
  for (std::size_t c = 0; c < from.given.size(); ++c) to.given[c].push_back(from.given[c][i]);
}

}  // namespace

IsolatedRows isolate(const LocalRows& all, const std::vector<int>& subdomains) {
  IsolatedRows result;
  auto& [rows, source] = result;
  for (const auto& group : all.groups) {
    auto& copy = rows.groups.emplace_back();
    copy.statements = group.statements;
    copy.derivatives = group.derivatives;
    copy.space = group.space;
    copy.given.resize(group.given.size());
  }
  source.resize(all.groups.size());
  for (int k : subdomains) {
    RowChunk chunk{{k}, rows.count, 0};
    for (std::size_t g = 0; g < all.groups.size(); ++g) {
      const auto& from = all.groups[g];
      auto& to = rows.groups[g];
      const auto first = to.points.size();
      for (std::size_t i = 0; i < from.points.size(); ++i) {
        auto covers = covers_of(k, from.cover, i);
        if (covers.empty()) continue;
        copy_point(from, i, to);
        to.cover.push_back(std::move(covers));
        source[g].push_back(i);
      }
      const auto count = to.points.size() - first;
      to.rows.add(count, rows.chunks.size(), rows.count);
      rows.count += count * from.statements->statements.size();
    }
    chunk.count = rows.count - chunk.begin;
    rows.chunks.push_back(chunk);
  }
  return result;
}

}  // namespace ddpinn
