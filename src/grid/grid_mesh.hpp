// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "grid/grid_axis.hpp"
#include "petsc/handle.hpp"
#include "problem/model.hpp"

#include <array>
#include <vector>

namespace ddpinn {

/// The direction that grids march in with differences of second order: "t" unless it is periodic; -1 where
/// there is none.
int marched_direction(const Model&);

/// Indices of a node along the directions of space.
using SpaceIndex = std::array<int, 3>;

/// A uniform grid over the domain's box. With differences of second order the marched_direction is marched
/// in: a level is the grid at one time, over the directions of space. With those of higher order it is a
/// direction like any other.
class GridMesh {
 public:
  /// @param order of the differences, even @throws Error (Status::case_file) for four directions of space,
  /// and for fewer cells than a stencil needs
  GridMesh(const Model& model, const std::vector<int>& cells, int order = 2);

  int dimension() const { return axes_.size(); }
  const GridAxis& axis(int direction) const { return axes_[direction]; }
  int time() const { return time_; }                        ///< the direction marched in, or -1
  const std::vector<int>& space() const { return space_; }  ///< the other directions
  int levels() const { return time_ < 0 ? 1 : axis(time_).nodes(); }
  /// Nodes along the i-th direction of space; 1 beyond the last.
  int nodes(std::size_t i) const { return i < space_.size() ? axis(space_[i]).nodes() : 1; }

  PetscInt level_nodes() const;  ///< of one level
  PetscInt all_nodes() const { return level_nodes() * levels(); }
  /// Number of a node among those of its level: first direction fastest.
  std::size_t level_number(const SpaceIndex& index) const {
    return index[0] + nodes(0) * (index[1] + nodes(1) * index[2]);
  }
  /// The nodes of a level in the order of these numbers.
  std::vector<SpaceIndex> level_indices() const;

  /// Natural number of a node: first direction fastest, time in its place among the directions.
  PetscInt natural(const SpaceIndex& index, int level) const;
  struct Place {
    SpaceIndex index;
    int level;
  };
  Place place(PetscInt natural) const;

  /// Indices beyond a period's end brought back.
  SpaceIndex wrapped(SpaceIndex index) const;
  /// The nodes at most `reach` away in every direction, itself included; may lie beyond a period's end.
  std::vector<SpaceIndex> around(const SpaceIndex& index, int reach) const;
  Point at(const SpaceIndex& index, int level) const;
  double hat_integral(const SpaceIndex& index, int level) const;

 private:
  std::vector<GridAxis> axes_;
  int time_ = -1;
  std::vector<int> space_;
};

/// How the nodes of a level are spread over ranks: in blocks, with the numbers that a DMDA gives them.
class GridLayout {
 public:
  /// @param ranks as many are used as leave each at least 32 nodes
  GridLayout(const GridMesh& mesh, int ranks);

  int ranks() const { return parts_[0] * parts_[1] * parts_[2]; }
  int owner(const SpaceIndex& index) const;
  PetscInt number(const SpaceIndex& index) const;          ///< global, node by node, rank by rank
  PetscInt first(int rank) const { return first_[rank]; }  ///< number of the first node of a rank
  PetscInt size(int rank) const { return first_[rank + 1] - first_[rank]; }  ///< nodes of a rank
  std::vector<SpaceIndex> local(int rank) const;  ///< a rank's nodes in the order of their numbers
  /// The DMDA with this layout. @note Collective over a communicator of `ranks()` ranks.
  petsc::Dm dmda(MPI_Comm comm, const GridMesh& mesh, PetscInt fields) const;

 private:
  int part(std::size_t direction, int index) const;

  std::array<int, 3> parts_ = {1, 1, 1};
  std::array<std::vector<int>, 3> begin_;  ///< of the parts along each direction, and the end
  std::vector<PetscInt> first_;            ///< number of each rank's first node, and the end
};

}  // namespace ddpinn
