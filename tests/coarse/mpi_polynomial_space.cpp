// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "coarse/polynomial_space.hpp"

#include "support/catch.hpp"
#include "support/example_cases.hpp"
#include "support/small_case.hpp"

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

double dot(::Vec a, ::Vec b) {
  PetscScalar result = 0;
  petsc::check(VecDot(a, b, &result));
  return result;
}

double distance(::Vec a, ::Vec b) {
  petsc::Vec difference;
  petsc::check(VecDuplicate(a, difference.out()));
  petsc::check(VecWAXPY(difference, -1, b, a));
  PetscReal norm = 0;
  petsc::check(VecNorm(difference, NORM_2, &norm));
  return norm;
}

}  // namespace

TEST_CASE("The coarse solve is exact on the coarse space") {
  for (const auto& text : {small_poisson, tangled}) {
    SmallCase c(text, MPI_COMM_WORLD);
    const LinearProblem problem(c, 1e-6);
    const NormalBlocks normal(problem.jacobian);
    const PolynomialSpace coarse(problem.jacobian, normal, problem.compression.polynomial);
    const auto r = problem.random_unknowns(1), v = problem.jacobian.create_unknowns();
    const auto product = problem.jacobian.create_unknowns(), again = problem.jacobian.create_unknowns();
    const auto matrix = problem.jacobian.normal();
    coarse.apply(r, v);
    petsc::check(MatMult(matrix, v, product));
    coarse.apply(product, again);
    REQUIRE(dot(v, v) > 0);
    REQUIRE(distance(v, again) < 1e-7 * std::sqrt(dot(v, v)));
  }
}

TEST_CASE("The coarse solve is symmetric and not negative") {
  SmallCase c(tangled, MPI_COMM_WORLD);
  const LinearProblem problem(c, 1e-6);
  const NormalBlocks normal(problem.jacobian);
  const PolynomialSpace coarse(problem.jacobian, normal, problem.compression.polynomial);
  const auto zr = problem.jacobian.create_unknowns(), zs = problem.jacobian.create_unknowns();
  for (std::uint64_t seed = 0; seed < 5; ++seed) {
    const auto r = problem.random_unknowns(seed), s = problem.random_unknowns(100 + seed);
    coarse.apply(r, zr);
    coarse.apply(s, zs);
    REQUIRE(dot(s, zr) == Approx(dot(r, zs)).epsilon(1e-8));
    REQUIRE(dot(r, zr) >= 0);
  }
}

TEST_CASE("The coarse space has the polynomials of every subdomain and field") {
  SmallCase together(small_poisson, MPI_COMM_WORLD), alone(small_poisson, MPI_COMM_SELF);
  const auto dimension = [](SmallCase& c) {
    const LinearProblem problem(c, 1e-8);
    const NormalBlocks normal(problem.jacobian);
    return PolynomialSpace(problem.jacobian, normal, problem.compression.polynomial).dimension();
  };
  REQUIRE(dimension(alone) == 9 * 6);
  REQUIRE(dimension(together) == 9 * 6);
}
