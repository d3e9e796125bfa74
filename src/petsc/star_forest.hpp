// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "petsc/handle.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace ddpinn::petsc {

/// Which entries of the ranks' arrays ("roots") a rank has copies of ("leaves"), and the traffic between
/// them: PETSc's star forest, for numbers.
class StarForest {
 public:
  StarForest() = default;
  /// @param roots entries of this rank @param of_leaf rank and place of each leaf's root @note Collective.
  StarForest(MPI_Comm comm, std::size_t roots, std::vector<PetscSFNode> of_leaf);

  /// leaves = their roots. @note Collective.
  void broadcast(std::span<const double> roots, std::span<double> leaves) const;
  /// Brings the leaves of all ranks to their roots. @param operation MPI_SUM adds them; after MPI_REPLACE a
  /// root is one of its leaves, or as before where it has none @note Collective.
  void reduce(std::span<const double> leaves, std::span<double> roots, MPI_Op operation) const;
  /// For traffic in two halves, between which there is work to do.
  operator PetscSF() const noexcept { return forest_; }

 private:
  Handle<PetscSF, PetscSFDestroy> forest_;
};

}  // namespace ddpinn::petsc
