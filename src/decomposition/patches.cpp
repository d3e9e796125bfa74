// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "decomposition/patches.hpp"

#include "base/grid_index.hpp"

#include <algorithm>
#include <numeric>

namespace ddpinn {

namespace {

/// How many cells a patch takes along a direction, and how far apart patches start at the most, so that
/// neighbours in the grid share a patch.
struct Extent {
  int width;
  int stride;
};

Extent extent(PatchKind kind) {
  switch (kind) {
    case PatchKind::subdomain:
      return {1, 1};
    case PatchKind::vertex:
      return {2, 1};
    case PatchKind::cluster:
      return {3, 2};
    case PatchKind::neighbourhood:
      return {3, 1};
  }
  return {1, 1};
}

/// The sets of cells that patches take along one direction, from the lower end on. Where they reach over an
/// end they are cut, or go on at the other end.
std::vector<std::vector<int>> groups_along(const Axis& axis, PatchKind kind) {
  const auto [width, stride] = extent(kind);
  const int n = axis.cells(), reach = kind == PatchKind::neighbourhood ? 1 : 0;
  const int end = axis.periodic() || reach > 0 ? n : std::max(1, n - width + stride);
  std::vector<std::vector<int>> groups;
  for (int start = 0; start < end; start += stride) {
    std::vector<int> cells;
    for (int i = start - reach; i < start - reach + width; ++i) {
      const int cell = axis.periodic() ? (i + n) % n : i;
      if (cell >= 0 && cell < n && std::ranges::find(cells, cell) == cells.end()) cells.push_back(cell);
    }
    groups.push_back(cells);
  }
  return groups;
}

/// The patches of one level: all combinations of the groups along its directions.
class LevelPatches {
 public:
  LevelPatches(const Decomposition& decomposition, int level, PatchKind kind)
      : decomposition_(decomposition), level_(level), kind_(kind) {
    for (int d = 0; d < decomposition.dimension(); ++d)
      groups_.push_back(groups_along(decomposition.axis(level, d), kind));
  }

  void append_to(std::vector<PatchMembers>& all) const {
    for_each_index(counts([&](std::size_t d) { return groups_[d].size(); }), [&](const GridIndex& place) {
      if (auto members = patch(place); !members.subdomains.empty()) all.push_back(std::move(members));
    });
  }

 private:
  /// Without members where none of its boxes has a network.
  PatchMembers patch(const GridIndex& place) const {
    const auto cells = [&](std::size_t d) -> const std::vector<int>& { return groups_[d][place[d]]; };
    std::vector<int> boxes;
    for_each_index(counts([&](std::size_t d) { return cells(d).size(); }), [&](const GridIndex& i) {
      std::array<int, max_dimension> cell{};
      for (std::size_t d = 0; d < groups_.size(); ++d) cell[d] = cells(d)[i[d]];
      boxes.push_back(decomposition_.number(level_, cell));
    });
    PatchMembers patch{{}, boxes.front()};
    // In turn, so that the patches between two ranks are shared out evenly.
    const std::size_t turn = std::accumulate(place.begin(), place.end(), 0);
    if (kind_ != PatchKind::neighbourhood) patch.home = boxes[turn % boxes.size()];
    for (int box : boxes) {
      const auto& sheets = decomposition_.sheets(box);
      patch.subdomains.insert(patch.subdomains.end(), sheets.begin(), sheets.end());
    }
    std::ranges::sort(patch.subdomains);
    return patch;
  }

  /// A size by direction, as for_each_index wants it.
  template <class Size>
  GridIndex counts(Size&& size) const {
    GridIndex result;
    result.fill(1);
    for (std::size_t d = 0; d < groups_.size(); ++d) result[d] = size(d);
    return result;
  }

  const Decomposition& decomposition_;
  int level_;
  PatchKind kind_;
  std::vector<std::vector<std::vector<int>>> groups_;
};

}  // namespace

std::vector<PatchMembers> patches(const Decomposition& decomposition, PatchKind kind) {
  std::vector<PatchMembers> all;
  for (int level = 0; level < decomposition.levels(); ++level)
    LevelPatches(decomposition, level, kind).append_to(all);
  return all;
}

}  // namespace ddpinn
