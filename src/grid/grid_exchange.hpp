// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "grid/grid_mesh.hpp"
#include "parallel/communicator.hpp"
#include "petsc/star_forest.hpp"

#include <vector>

namespace ddpinn {

/// Between the ranks that touch nodes (leaves) and those that own them (roots): the values of a node lie
/// together, those of an owner level by level, and in a level in the order of the nodes' numbers.
/// @param width values per node @param nodes natural numbers that this rank touches @note Collective.
petsc::StarForest grid_exchange(const Communicator& comm, const GridMesh& mesh, const GridLayout& layout,
                                const std::vector<PetscInt>& nodes, std::size_t width);

}  // namespace ddpinn
