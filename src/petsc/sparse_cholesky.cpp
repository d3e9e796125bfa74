// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "petsc/sparse_cholesky.hpp"

#include <ddpinn/error.hpp>

#include <algorithm>
#include <string>
#include <string_view>

namespace ddpinn::petsc {

namespace {

/// Up to this size a factorisation takes no longer than its messages would.
constexpr PetscInt most_repeated_unknowns = 2000;

/// More workspace than MUMPS expects to need, in percent: dense blocks fill in more than its estimate.
constexpr PetscInt mumps_spare_workspace = 80;

Ksp factorised(MPI_Comm comm, ::Mat matrix, const char* prefix) {
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

/// The whole matrix.
Mat on_every_rank(::Mat matrix, PetscInt unknowns) {
  Handle<::IS, ISDestroy> all;
  ::Mat* copies = nullptr;
  check(ISCreateStride(PETSC_COMM_SELF, unknowns, 0, 1, all.out()));
  const ::IS rows = all;
  check(MatCreateSubMatrices(matrix, 1, &rows, &rows, MAT_INITIAL_MATRIX, &copies));
  check(PetscObjectReference(reinterpret_cast<PetscObject>(copies[0])));
  Mat whole(copies[0]);
  check(MatDestroySubMatrices(1, &copies));
  check(MatSetOption(whole, MAT_SPD, PETSC_TRUE));
  return whole;
}

}  // namespace

SparseCholesky::SparseCholesky(MPI_Comm comm, ::Mat matrix, const char* prefix) {
  PetscInt unknowns = 0;
  PetscBool alone = PETSC_FALSE;
  check(MatGetSize(matrix, &unknowns, nullptr));
  check(PetscObjectBaseTypeCompare(reinterpret_cast<PetscObject>(matrix), MATSEQAIJ, &alone));
  if (alone || unknowns > most_repeated_unknowns) {
    factorise(comm, matrix, prefix);
    return;
  }
  Vec part;
  const auto whole = on_every_rank(matrix, unknowns);
  factorise(PETSC_COMM_SELF, whole, prefix);
  check(MatCreateVecs(matrix, part.out(), nullptr));
  check(VecScatterCreateToAll(part, to_all_.out(), all_b_.out()));
  check(VecDuplicate(all_b_, all_x_.out()));
}

void SparseCholesky::factorise(MPI_Comm comm, ::Mat matrix, const char* prefix) {
  Vec diagonal;
  PetscReal largest = 0, shift = 0;
  check(MatCreateVecs(matrix, diagonal.out(), nullptr));
  check(MatGetDiagonal(matrix, diagonal));
  check(VecMax(diagonal, nullptr, &largest));
  for (double relative = 1e-14; relative < 1e-5; relative *= 10) {
    check(MatShift(matrix, relative * largest - shift));
    shift = relative * largest;
    solver_ = factorised(comm, matrix, prefix);
    ::PC pc = nullptr;
    PCFailedReason failed = PC_NOERROR;
    check(KSPGetPC(solver_, &pc));
    check(PCGetFailedReason(pc, &failed));
    if (failed == PC_NOERROR) return;
  }
  throw Error(Status::numerical,
              std::string("the sparse factorisation with options ") + prefix +
                  " failed (the matrix is not positive definite, or memory is short); raise "
                  "solver.krylov.compression, or see what -" +
                  prefix + "ksp_view tells");
}

void SparseCholesky::solve(::Vec b, ::Vec x) const {
  if (!to_all_) {
    check(KSPSolve(solver_, b, x));
    return;
  }
  check(VecScatterBegin(to_all_, b, all_b_, INSERT_VALUES, SCATTER_FORWARD));
  check(VecScatterEnd(to_all_, b, all_b_, INSERT_VALUES, SCATTER_FORWARD));
  check(KSPSolve(solver_, all_b_, all_x_));
  PetscInt first = 0, end = 0;
  check(VecGetOwnershipRange(x, &first, &end));
  const ConstLocalArray all(all_x_);
  std::copy(all.get().begin() + first, all.get().begin() + end, LocalArray(x).get().begin());
}

}  // namespace ddpinn::petsc
