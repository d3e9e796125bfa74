// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "grid/grid_parts.hpp"

#include <algorithm>

namespace ddpinn {

namespace {

std::vector<Sides> sides_of_nodes(const Model& model, const GridMesh& mesh, int level) {
  std::vector<Point> x;
  for (const auto& node : mesh.level_indices()) x.push_back(mesh.at(node, level));
  return model.region.sides(x);
}

}  // namespace

GridParts::GridParts(const Model& model, const GridMesh& mesh) : mesh_(&mesh) {
  if (!model.region.has_interfaces()) return;
  sides_ = sides_of_nodes(model, mesh, 0);
  for (int level : {mesh.levels() / 2, mesh.levels() - 1})
    if (sides_of_nodes(model, mesh, level) != sides_)
      throw Error(Status::case_file,
                  "grid: an interface moves in time (nodes that change from one material to another have no "
                  "history there); do without the grid");
  for (const auto& node : mesh.level_indices()) slots_ = std::max(slots_, 1 + others(node).size());
}

Sides GridParts::of(const SpaceIndex& index) const {
  return sides_.empty() ? 0 : sides_[mesh_->level_number(index)];
}

std::vector<Sides> GridParts::others(const SpaceIndex& index) const {
  std::vector<Sides> found;
  for (const auto& near : mesh_->around(index, 1)) {
    const auto part = of(mesh_->wrapped(near));
    if (part != of(index) && !std::ranges::count(found, part)) found.push_back(part);
  }
  std::ranges::sort(found);
  return found;
}

std::optional<std::size_t> GridParts::slot(const SpaceIndex& index, Sides part) const {
  if (of(index) == part) return 0;
  const auto found = others(index);
  const auto at = std::ranges::find(found, part);
  if (at == found.end()) return std::nullopt;
  return at - found.begin() + 1;
}

std::optional<Sides> GridParts::part(const SpaceIndex& index, std::size_t slot) const {
  if (slot == 0) return of(index);
  const auto found = others(index);
  if (slot > found.size()) return std::nullopt;
  return found[slot - 1];
}

}  // namespace ddpinn
