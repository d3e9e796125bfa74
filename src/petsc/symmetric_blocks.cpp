// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "petsc/symmetric_blocks.hpp"

namespace ddpinn::petsc {

void SymmetricBlocks::add(PetscInt row, PetscInt column, std::size_t rows, std::size_t columns, const double* entries) {
  const auto append = [&](PetscInt r, PetscInt c, double v) {
    row_.push_back(r);
    column_.push_back(c);
    value_.push_back(v);
  };
  for (std::size_t j = 0; j < columns; ++j)
    for (std::size_t i = 0; i < rows; ++i) {
      const auto r = row + static_cast<PetscInt>(i), c = column + static_cast<PetscInt>(j);
      const double v = entries[i + j * rows];
      append(r, c, v);
      if (row != column) append(c, r, v);
    }
}

Mat SymmetricBlocks::assemble(MPI_Comm comm, PetscInt local_size) const {
  Mat matrix;
  check(MatCreate(comm, matrix.out()));
  check(MatSetSizes(matrix, local_size, local_size, PETSC_DETERMINE, PETSC_DETERMINE));
  check(MatSetType(matrix, MATAIJ));
  auto row = row_, column = column_;  // PETSc reorders them
  check(MatSetPreallocationCOO(matrix, static_cast<PetscCount>(value_.size()), row.data(), column.data()));
  check(MatSetValuesCOO(matrix, value_.data(), INSERT_VALUES));
  check(MatSetOption(matrix, MAT_SPD, PETSC_TRUE));
  return matrix;
}

Ksp cholesky_solver(MPI_Comm comm, ::Mat matrix, const char* prefix) {
  Ksp solver;
  check(KSPCreate(comm, solver.out()));
  check(KSPSetOptionsPrefix(solver, prefix));
  check(KSPSetOperators(solver, matrix, matrix));
  check(KSPSetType(solver, KSPPREONLY));
  ::PC pc = nullptr;
  check(KSPGetPC(solver, &pc));
  check(PCSetType(pc, PCCHOLESKY));
  check(PCFactorSetMatSolverType(pc, MATSOLVERMUMPS));
  check(KSPSetFromOptions(solver));
  check(KSPSetUp(solver));
  return solver;
}

}  // namespace ddpinn::petsc
