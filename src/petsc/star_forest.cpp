// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "petsc/star_forest.hpp"

namespace ddpinn::petsc {

StarForest::StarForest(MPI_Comm comm, std::size_t roots, std::vector<PetscSFNode> of_leaf) {
  check(PetscSFCreate(comm, forest_.out()));
  check(PetscSFSetGraph(forest_, roots, of_leaf.size(), nullptr, PETSC_OWN_POINTER, of_leaf.data(),
                        PETSC_COPY_VALUES));
  check(PetscSFSetUp(forest_));
}

void StarForest::broadcast(std::span<const double> roots, std::span<double> leaves) const {
  check(PetscSFBcastBegin(forest_, MPIU_SCALAR, roots.data(), leaves.data(), MPI_REPLACE));
  check(PetscSFBcastEnd(forest_, MPIU_SCALAR, roots.data(), leaves.data(), MPI_REPLACE));
}

void StarForest::reduce(std::span<const double> leaves, std::span<double> roots, MPI_Op operation) const {
  check(PetscSFReduceBegin(forest_, MPIU_SCALAR, leaves.data(), roots.data(), operation));
  check(PetscSFReduceEnd(forest_, MPIU_SCALAR, leaves.data(), roots.data(), operation));
}

}  // namespace ddpinn::petsc
