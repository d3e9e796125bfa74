// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "grid/grid_mesh.hpp"

#include <fmt/format.h>
#include <petscdmda.h>

#include <algorithm>
#include <numeric>

namespace ddpinn {

using petsc::check;

namespace {

/// Fewer nodes per rank cost more in messages than they save.
constexpr PetscInt nodes_per_rank = 32;

int highest_order(const Model& model, int direction) {
  int highest = 0;
  for (const auto& group : model.groups)
    for (const auto& derivative : group.derivatives())
      highest = std::max<int>(highest, derivative.alpha[direction]);
  return highest;
}

void check_cells(const Model& model, int direction, int cells, int order) {
  const int needed = std::max(2, highest_order(model, direction) + order);
  if (cells >= needed) return;
  const auto& name = model.coordinates[direction];
  throw Error(Status::case_file, "grid: " + std::to_string(cells) + " cells along " + name +
                                     " are too few (differences along it reach over " +
                                     std::to_string(needed) + "); use at least " + std::to_string(needed));
}

}  // namespace

int marched_direction(const Model& model) {
  for (int d = 0; d < model.dimension(); ++d)
    if (model.coordinates[d] == "t" && !model.region.periodic(d)) return d;
  return -1;
}

GridMesh::GridMesh(const Model& model, const std::vector<int>& cells, int order)
    : time_(order == 2 ? marched_direction(model) : -1) {
  const auto& box = model.region.box();
  for (int d = 0; d < model.dimension(); ++d) {
    const int n = cells.size() == 1 ? cells[0] : cells[d];
    check_cells(model, d, n, order);
    axes_.emplace_back(n, box.lower[d], box.upper[d], model.region.periodic(d), order);
    if (d != time_) space_.push_back(d);
  }
  if (space_.size() > 3)
    throw Error(Status::case_file,
                fmt::format("grid: the case has four directions{} (the grid has three at most); leave out {}",
                            order == 2 ? " besides time" : ", which differences of high order take at once",
                            order == 2 ? "[coarse]" : "--order"));
}

PetscInt GridMesh::level_nodes() const { return PetscInt{nodes(0)} * nodes(1) * nodes(2); }

std::vector<SpaceIndex> GridMesh::level_indices() const {
  std::vector<SpaceIndex> indices;
  for (int k = 0; k < nodes(2); ++k)
    for (int j = 0; j < nodes(1); ++j)
      for (int i = 0; i < nodes(0); ++i) indices.push_back({i, j, k});
  return indices;
}

PetscInt GridMesh::natural(const SpaceIndex& index, int level) const {
  PetscInt number = 0;
  std::size_t s = space_.size();
  for (int d = dimension() - 1; d >= 0; --d)
    number = number * axis(d).nodes() + (d == time_ ? level : index[--s]);
  return number;
}

GridMesh::Place GridMesh::place(PetscInt natural) const {
  Place result{{0, 0, 0}, 0};
  std::size_t s = 0;
  for (int d = 0; d < dimension(); ++d) {
    const int i = natural % axis(d).nodes();
    natural /= axis(d).nodes();
    if (d == time_)
      result.level = i;
    else
      result.index[s++] = i;
  }
  return result;
}

SpaceIndex GridMesh::wrapped(SpaceIndex index) const {
  for (std::size_t s = 0; s < space_.size(); ++s)
    if (axis(space_[s]).periodic()) index[s] = (index[s] + axis(space_[s]).cells()) % axis(space_[s]).cells();
  return index;
}

std::vector<SpaceIndex> GridMesh::around(const SpaceIndex& index, int reach) const {
  const auto along = [&](std::size_t s) { return s < space_.size() ? reach : 0; };
  std::vector<SpaceIndex> result;
  for (int k = -along(2); k <= along(2); ++k)
    for (int j = -along(1); j <= along(1); ++j)
      for (int i = -along(0); i <= along(0); ++i) {
        const SpaceIndex near{index[0] + i, index[1] + j, index[2] + k};
        bool exists = true;
        for (std::size_t s = 0; s < space_.size(); ++s)
          exists =
              exists && (axis(space_[s]).periodic() || (near[s] >= 0 && near[s] <= axis(space_[s]).cells()));
        if (exists) result.push_back(near);
      }
  return result;
}

Point GridMesh::at(const SpaceIndex& index, int level) const {
  Point x{};
  for (std::size_t s = 0; s < space_.size(); ++s) x[space_[s]] = axis(space_[s]).coordinate(index[s]);
  if (time_ >= 0) x[time_] = axis(time_).coordinate(level);
  return x;
}

double GridMesh::hat_integral(const SpaceIndex& index, int level) const {
  double product = time_ < 0 ? 1.0 : axis(time_).hat_integral(level);
  for (std::size_t s = 0; s < space_.size(); ++s) product *= axis(space_[s]).hat_integral(index[s]);
  return product;
}

GridLayout::GridLayout(const GridMesh& mesh, int ranks) {
  // The factors of the number of ranks go to the directions with the most nodes per part; where a direction
  // has no room for them, fewer ranks take part.
  const auto spread = [&](int p) {
    parts_ = {1, 1, 1};
    for (int factor = 2; p > 1;) {
      if (p % factor != 0) {
        ++factor;
        continue;
      }
      std::size_t widest = 0;
      for (std::size_t d = 1; d < 3; ++d)
        if (mesh.nodes(d) / parts_[d] > mesh.nodes(widest) / parts_[widest]) widest = d;
      if (mesh.nodes(widest) / (parts_[widest] * factor) < 2) return false;
      parts_[widest] *= factor;
      p /= factor;
    }
    return true;
  };
  int wanted = std::clamp<PetscInt>(mesh.level_nodes() / nodes_per_rank, 1, ranks);
  while (!spread(wanted)) --wanted;
  for (std::size_t d = 0; d < 3; ++d)
    for (int i = 0; i <= parts_[d]; ++i) begin_[d].push_back(1LL * mesh.nodes(d) * i / parts_[d]);
  first_.push_back(0);
  for (int k = 0; k < parts_[2]; ++k)
    for (int j = 0; j < parts_[1]; ++j)
      for (int i = 0; i < parts_[0]; ++i) {
        PetscInt size = 1;
        const SpaceIndex at{i, j, k};
        for (std::size_t d = 0; d < 3; ++d) size *= begin_[d][at[d] + 1] - begin_[d][at[d]];
        first_.push_back(first_.back() + size);
      }
}

int GridLayout::part(std::size_t direction, int index) const {
  const auto& begin = begin_[direction];
  return std::upper_bound(begin.begin(), begin.end(), index) - begin.begin() - 1;
}

int GridLayout::owner(const SpaceIndex& index) const {
  return part(0, index[0]) + parts_[0] * (part(1, index[1]) + parts_[1] * part(2, index[2]));
}

PetscInt GridLayout::number(const SpaceIndex& index) const {
  PetscInt offset = 0;
  for (std::size_t d = 3; d-- > 0;) {
    const std::size_t p = part(d, index[d]);
    offset = offset * (begin_[d][p + 1] - begin_[d][p]) + (index[d] - begin_[d][p]);
  }
  return first_[owner(index)] + offset;
}

std::vector<SpaceIndex> GridLayout::local(int rank) const {
  const SpaceIndex p{rank % parts_[0], rank / parts_[0] % parts_[1], rank / parts_[0] / parts_[1]};
  SpaceIndex first{}, end{};
  for (std::size_t d = 0; d < 3; ++d) {
    first[d] = begin_[d][p[d]];
    end[d] = begin_[d][p[d] + 1];
  }
  std::vector<SpaceIndex> result;
  for (int k = first[2]; k < end[2]; ++k)
    for (int j = first[1]; j < end[1]; ++j)
      for (int i = first[0]; i < end[0]; ++i) result.push_back({i, j, k});
  return result;
}

petsc::Dm GridLayout::dmda(MPI_Comm comm, const GridMesh& mesh, PetscInt fields) const {
  std::array<std::vector<PetscInt>, 3> widths;
  std::array<DMBoundaryType, 3> ends;
  for (std::size_t d = 0; d < 3; ++d) {
    for (std::size_t i = 0; i + 1 < begin_[d].size(); ++i)
      widths[d].push_back(begin_[d][i + 1] - begin_[d][i]);
    ends[d] = d < mesh.space().size() && mesh.axis(mesh.space()[d]).periodic() ? DM_BOUNDARY_PERIODIC
                                                                               : DM_BOUNDARY_NONE;
  }
  petsc::Dm dm;
  check(DMDACreate(comm, dm.out()));
  check(DMSetDimension(dm, std::max<PetscInt>(1, mesh.space().size())));
  check(DMDASetSizes(dm, mesh.nodes(0), mesh.nodes(1), mesh.nodes(2)));
  check(DMDASetNumProcs(dm, parts_[0], parts_[1], parts_[2]));
  check(DMDASetBoundaryType(dm, ends[0], ends[1], ends[2]));
  check(DMDASetDof(dm, fields));
  check(DMDASetStencilType(dm, DMDA_STENCIL_BOX));
  check(DMDASetStencilWidth(dm, 1));
  check(DMDASetOwnershipRanges(dm, widths[0].data(), widths[1].data(), widths[2].data()));
  check(DMSetUp(dm));
  return dm;
}

}  // namespace ddpinn
