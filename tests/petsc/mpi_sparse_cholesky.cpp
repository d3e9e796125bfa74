// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "petsc/sparse_cholesky.hpp"

#include "parallel/agree.hpp"
#include "petsc/symmetric_blocks.hpp"
#include "support/catch.hpp"

using namespace ddpinn;
using petsc::check;

namespace {

/// -u'' + (diagonal - 2) u by differences of a line, `own` nodes per rank.
petsc::Mat line(const Communicator& comm, PetscInt own, double diagonal = 3) {
  constexpr double beside = -1;
  petsc::SymmetricBlocks entries;
  const PetscInt first = own * comm.rank(), all = own * comm.size();
  for (PetscInt i = first; i < first + own; ++i) {
    entries.add(i, i, 1, 1, &diagonal);
    if (i + 1 < all) entries.add(i, i + 1, 1, 1, &beside);
  }
  return entries.assemble(comm.get(), own);
}

/// Of b - A x, from the matrix before it is shifted.
double residual(::Mat matrix, ::Vec b, ::Vec x) {
  petsc::Vec rest;
  PetscReal norm = 0;
  check(VecDuplicate(b, rest.out()));
  check(MatMult(matrix, x, rest));
  check(VecAXPY(rest, -1, b));
  check(VecNorm(rest, NORM_INFINITY, &norm));
  return norm;
}

}  // namespace

TEST_CASE("Small and large sparse matrices are factorised on any ranks", "[petsc]") {
  const Communicator comm(MPI_COMM_WORLD);
  for (const PetscInt own : {5, 2100}) {  // by every rank for itself, and by all together
    INFO(own << " unknowns per rank");
    const auto matrix = line(comm, own), shifted = line(comm, own);
    petsc::Vec b, x;
    check(MatCreateVecs(matrix, b.out(), x.out()));
    for (int i = 0; const double value : {1.0, 2.0, -0.5})
      if (comm.rank() == 0) check(VecSetValue(b, i++, value, INSERT_VALUES));
    check(VecAssemblyBegin(b));
    check(VecAssemblyEnd(b));
    const petsc::SparseCholesky solver(comm.get(), shifted, "test_");
    for (int time = 0; time < 2; ++time) {
      solver.solve(b, x);
      REQUIRE(residual(matrix, b, x) < 1e-12);
    }
  }
}

TEST_CASE("A small matrix that is not definite is no preconditioner", "[petsc]") {
  const Communicator comm(MPI_COMM_WORLD);
  const auto matrix = line(comm, 5, 1);
  REQUIRE_THROWS_AS(petsc::SparseCholesky(comm.get(), matrix, "test_"), Error);
}
