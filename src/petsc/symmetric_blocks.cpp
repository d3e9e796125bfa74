// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "petsc/symmetric_blocks.hpp"

#include <ddpinn/error.hpp>

#include <string>
#include <string_view>

namespace ddpinn::petsc {

void SymmetricBlocks::add(PetscInt row, PetscInt column, std::size_t rows, std::size_t columns,
                          const double* entries) {
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

namespace {

/// More workspace than MUMPS expects to need, in percent: dense blocks fill in more than its estimate.
constexpr PetscInt mumps_spare_workspace = 80;

Ksp factorise(MPI_Comm comm, ::Mat matrix, const char* prefix) {
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
  const char* package = nullptr;
  check(PCFactorGetMatSolverType(pc, &package));
  if (package && std::string_view(package) == MATSOLVERMUMPS) {
    ::Mat factor = nullptr;
    check(PCFactorSetUpMatSolverType(pc));
    check(PCFactorGetMatrix(pc, &factor));
    check(MatMumpsSetIcntl(factor, 14, mumps_spare_workspace));
  }
  check(KSPSetUp(solver));
  return solver;
}

}  // namespace

Ksp cholesky_solver(MPI_Comm comm, ::Mat matrix, const char* prefix) {
  Vec diagonal;
  PetscReal largest = 0, shift = 0;
  check(MatCreateVecs(matrix, diagonal.out(), nullptr));
  check(MatGetDiagonal(matrix, diagonal));
  check(VecMax(diagonal, nullptr, &largest));
  for (double relative = 1e-14; relative < 1e-5; relative *= 10) {
    check(MatShift(matrix, relative * largest - shift));
    shift = relative * largest;
    auto solver = factorise(comm, matrix, prefix);
    ::PC pc = nullptr;
    PCFailedReason failed = PC_NOERROR;
    check(KSPGetPC(solver, &pc));
    check(PCGetFailedReason(pc, &failed));
    if (failed == PC_NOERROR) return solver;
  }
  throw Error(Status::numerical,
              std::string("the sparse factorisation with options ") + prefix +
                  " failed (the matrix is not positive definite, or memory is short); raise "
                  "solver.krylov.compression, or see what -" +
                  prefix + "ksp_view tells");
}

}  // namespace ddpinn::petsc
