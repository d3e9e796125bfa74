// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "grid/grid_mesh.hpp"

#include <optional>
#include <vector>

namespace ddpinn {

/// The parts of the domain between interfaces, on the nodes of a level. Differences of a part next to an
/// interface reach over nodes of other parts: a node has, besides its own value of a field, one for each
/// other part among its neighbours (diagonal ones included), a *ghost* of that part.
class GridParts {
 public:
  /// @throws Error (Status::case_file) for interfaces that move in time
  GridParts(const Model& model, const GridMesh& mesh);

  /// Values of a field that every node has room for; 1 without interfaces. The first is the node's own.
  std::size_t slots() const { return slots_; }

  /// The part that a node is in.
  Sides of(const SpaceIndex& index) const;

  /// Which of a node's values belongs to a part; none where no neighbour is in it.
  std::optional<std::size_t> slot(const SpaceIndex& index, Sides part) const;

  /// The part that one of a node's values belongs to; none for those that are not used.
  std::optional<Sides> part(const SpaceIndex& index, std::size_t slot) const;

 private:
  std::vector<Sides> others(const SpaceIndex& index) const;

  const GridMesh* mesh_;
  std::size_t slots_ = 1;
  std::vector<Sides> sides_;  ///< by node, first direction of space fastest; empty without interfaces
};

}  // namespace ddpinn
