// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "petsc/handle.hpp"

#include <cstddef>
#include <vector>

namespace ddpinn::petsc {

/// A sparse symmetric matrix from dense blocks, of which each pair of block row and column is given once, by
/// any rank.
class SymmetricBlocks {
 public:
  /// A block at (row, column), column by column; where row and column differ its transpose is meant too. It
  /// refers to the entries.
  void add(PetscInt row, PetscInt column, std::size_t rows, std::size_t columns, const double* entries);

  /// @param local_size rows on this rank @note Collective.
  Mat assemble(MPI_Comm comm, PetscInt local_size) const;

 private:
  struct Block {
    PetscInt row, column, rows, columns;
    const double* entries;
    bool transposed;
  };
  Mat create(MPI_Comm comm, PetscInt local_size) const;

  std::vector<Block> blocks_;
};

}  // namespace ddpinn::petsc
