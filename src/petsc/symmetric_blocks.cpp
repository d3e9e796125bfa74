// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "petsc/symmetric_blocks.hpp"

#include <algorithm>
#include <numeric>

namespace ddpinn::petsc {

namespace {

std::vector<PetscInt> range(PetscInt first, PetscInt count) {
  std::vector<PetscInt> indices(count);
  std::iota(indices.begin(), indices.end(), first);
  return indices;
}

/// Entries of `counts` as integers.
std::vector<PetscInt> local_counts(::Vec counts) {
  check(VecAssemblyBegin(counts));
  check(VecAssemblyEnd(counts));
  std::vector<PetscInt> result;
  for (double count : ConstLocalArray(counts).get()) result.push_back(static_cast<PetscInt>(count));
  return result;
}

}  // namespace

void SymmetricBlocks::add(PetscInt row, PetscInt column, std::size_t rows, std::size_t columns,
                          const double* entries) {
  const PetscInt m = rows, n = columns;
  blocks_.push_back({row, column, m, n, entries, false});
  if (row != column) blocks_.push_back({column, row, n, m, entries, true});
}

Mat SymmetricBlocks::create(MPI_Comm comm, PetscInt local_size) const {
  Vec own, foreign;  // columns of every row with the same owner, and with another
  check(VecCreateMPI(comm, local_size, PETSC_DETERMINE, own.out()));
  check(VecDuplicate(own, foreign.out()));
  PetscLayout layout = nullptr;
  check(VecGetLayout(own, &layout));
  const auto owner = [&](PetscInt index) {
    PetscMPIInt rank = 0;
    check(PetscLayoutFindOwner(layout, index, &rank));
    return rank;
  };
  for (const auto& block : blocks_) {
    const auto rows = range(block.row, block.rows);
    const std::vector<double> count(rows.size(), static_cast<double>(block.columns));
    if (rows.empty() || block.columns == 0) continue;
    check(VecSetValues(owner(block.row) == owner(block.column) ? own : foreign, block.rows, rows.data(),
                       count.data(), ADD_VALUES));
  }
  const auto diagonal = local_counts(own), off_diagonal = local_counts(foreign);
  Mat matrix;
  check(MatCreate(comm, matrix.out()));
  check(MatSetSizes(matrix, local_size, local_size, PETSC_DETERMINE, PETSC_DETERMINE));
  check(MatSetType(matrix, MATAIJ));
  check(MatSeqAIJSetPreallocation(matrix, 0, diagonal.data()));
  check(MatMPIAIJSetPreallocation(matrix, 0, diagonal.data(), 0, off_diagonal.data()));
  return matrix;
}

Mat SymmetricBlocks::assemble(MPI_Comm comm, PetscInt local_size) const {
  auto matrix = create(comm, local_size);
  auto blocks = blocks_;  // in the order of columns, so that PETSc appends entries to rows
  std::ranges::sort(blocks, {}, &Block::column);
  for (const auto& block : blocks) {
    const auto rows = range(block.row, block.rows), columns = range(block.column, block.columns);
    check(MatSetOption(matrix, MAT_ROW_ORIENTED, block.transposed ? PETSC_TRUE : PETSC_FALSE));
    check(MatSetValues(matrix, block.rows, rows.data(), block.columns, columns.data(), block.entries,
                       INSERT_VALUES));
  }
  check(MatAssemblyBegin(matrix, MAT_FINAL_ASSEMBLY));
  check(MatAssemblyEnd(matrix, MAT_FINAL_ASSEMBLY));
  check(MatSetOption(matrix, MAT_SPD, PETSC_TRUE));
  return matrix;
}

}  // namespace ddpinn::petsc
