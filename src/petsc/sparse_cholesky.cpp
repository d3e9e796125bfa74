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

/// Up to this size PETSc's own factorisation serves one rank: a solve of two hundred unknowns takes 0.03 ms,
/// where MUMPS, which is made for far larger ones, spends 0.9 ms. Beyond it blocks that fill in want MUMPS.
constexpr PetscInt most_plain_unknowns = 600;

/// More workspace than MUMPS expects to need, in percent: dense blocks fill in more than its estimate.
constexpr PetscInt mumps_spare_workspace = 80;

/// Whether one rank has all of a matrix.
bool is_alone(::Mat matrix) {
  PetscBool alone = PETSC_FALSE;
  check(PetscObjectBaseTypeCompare(reinterpret_cast<PetscObject>(matrix), MATSEQAIJ, &alone));
  return alone;
}

bool is_plain(::Mat matrix) {
  PetscInt unknowns = 0;
  check(MatGetSize(matrix, &unknowns, nullptr));
  return is_alone(matrix) && unknowns <= most_plain_unknowns;
}

std::string_view package_of(::PC pc) {
  const char* package = nullptr;
  check(PCFactorGetMatSolverType(pc, &package));
  return package ? package : "";
}

/// Whether all pivots are positive, as they are for a definite matrix; MUMPS sees to that by itself, while
/// PETSc takes negative ones for what they are.
bool is_definite(::PC pc) {
  PetscBool cholesky = PETSC_FALSE;
  check(PetscObjectTypeCompare(reinterpret_cast<PetscObject>(pc), PCCHOLESKY, &cholesky));
  if (!cholesky || package_of(pc) != MATSOLVERPETSC) return true;
  ::Mat factor = nullptr;
  PetscInt negative = 0, zero = 0;
  check(PCFactorGetMatrix(pc, &factor));
  check(MatGetInertia(factor, &negative, &zero, nullptr));
  return negative == 0 && zero == 0;
}

Ksp factorised(MPI_Comm comm, ::Mat matrix, const char* prefix) {
  Ksp solver;
  check(KSPCreate(comm, solver.out()));
  check(KSPSetOptionsPrefix(solver, prefix));
  check(KSPSetOperators(solver, matrix, matrix));
  check(KSPSetType(solver, KSPPREONLY));
  ::PC pc = nullptr;
  check(KSPGetPC(solver, &pc));
  check(PCSetType(pc, PCCHOLESKY));
  check(PCFactorSetMatSolverType(pc, is_plain(matrix) ? MATSOLVERPETSC : MATSOLVERMUMPS));
  check(KSPSetFromOptions(solver));
  if (package_of(pc) == MATSOLVERMUMPS) {
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
  check(MatGetSize(matrix, &unknowns, nullptr));
  if (is_alone(matrix) || unknowns > most_repeated_unknowns) {
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
    if (failed == PC_NOERROR && is_definite(pc)) return;
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
