// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/jacobian_operator.hpp"

#include "dense/lapack.hpp"
#include "support/cases.hpp"
#include "support/catch.hpp"
#include "support/small_case.hpp"

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

void require_same(const std::vector<double>& found, const Matrix& expected) {
  REQUIRE(found.size() == expected.rows());
  for (std::size_t i = 0; i < found.size(); ++i) REQUIRE(found[i] == Approx(expected(i, 0)).margin(1e-11));
}

Matrix column(const std::vector<double>& values) {
  Matrix result(values.size(), 1);
  std::ranges::copy(values, result.data());
  return result;
}

}  // namespace

TEST_CASE("The Jacobian and its transpose are those of its blocks") {
  for (const auto& text : {small_poisson, tangled}) {
    SmallCase c(text, MPI_COMM_WORLD);
    const CompressedProblem problem(c, 1e-6);
    const auto dense = dense_jacobian(c, problem);
    const auto x = problem.random_unknowns(1), y = problem.jacobian.create_unknowns();
    const auto right = column(gathered(c.comm, x));
    std::vector<double> rows(c.discretisation.rows().count, -7);
    problem.jacobian.multiply(x, rows);
    const auto product_rows = product(Op::none, dense, Op::none, right);
    require_same(all_gather(c.comm, rows), product_rows);
    problem.jacobian.multiply_transposed(rows, y);
    require_same(gathered(c.comm, y), product(Op::transpose, dense, Op::none, product_rows));
  }
}

TEST_CASE("PETSc's shells of the Jacobian and the normal matrix do the same") {
  SmallCase c(tangled, MPI_COMM_WORLD);
  const CompressedProblem problem(c, 1e-6);
  const auto dense = dense_jacobian(c, problem);
  const auto rectangular = problem.jacobian.rectangular(), normal = problem.jacobian.normal();
  const auto x = problem.random_unknowns(2), y = problem.jacobian.create_unknowns(),
             r = problem.jacobian.create_rows();
  const auto jx = product(Op::none, dense, Op::none, column(gathered(c.comm, x)));
  const auto ax = product(Op::transpose, dense, Op::none, jx);
  petsc::check(MatMult(rectangular, x, r));
  require_same(gathered(c.comm, r), jx);
  petsc::check(MatMultTranspose(rectangular, r, y));
  require_same(gathered(c.comm, y), ax);
  petsc::check(MatMult(normal, x, y));
  require_same(gathered(c.comm, y), ax);
}

TEST_CASE("A Jacobian linearised anew is that of the uncompressed blocks and the transforms") {
  for (const auto& text : {small_poisson, tangled}) {
    SmallCase c(text, MPI_COMM_WORLD);
    CompressedProblem problem(c, 1e-6);
    const auto dense = dense_jacobian(c, problem);
    const auto x = problem.random_unknowns(1), y = problem.jacobian.create_unknowns();
    REQUIRE(!problem.jacobian.is_linearised_anew());
    problem.jacobian.linearise_anew(problem.raw, problem.compression.transform);
    REQUIRE(problem.jacobian.is_linearised_anew());
    std::vector<double> rows(c.discretisation.rows().count, -7);
    problem.jacobian.multiply(x, rows);
    const auto product_rows = product(Op::none, dense, Op::none, column(gathered(c.comm, x)));
    require_same(all_gather(c.comm, rows), product_rows);
    problem.jacobian.multiply_transposed(rows, y);
    require_same(gathered(c.comm, y), product(Op::transpose, dense, Op::none, product_rows));
  }
}
