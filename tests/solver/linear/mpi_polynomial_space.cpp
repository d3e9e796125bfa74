// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/linear/polynomial_space.hpp"

#include "support/cases.hpp"
#include "support/catch.hpp"
#include "support/small_case.hpp"

#include <cmath>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

double dot(::Vec a, ::Vec b) {
  PetscScalar result = 0;
  petsc::check(VecDot(a, b, &result));
  return result;
}

/// (v, A v)^(1/2): the size of what v does to the rows. With coarser levels some v do nothing.
double energy(const JacobianOperator& jacobian, ::Vec v) {
  std::vector<double> rows(jacobian.discretisation().rows().count);
  jacobian.multiply(v, rows);
  double squares = 0;
  for (double value : rows) squares += value * value;
  return std::sqrt(sum(jacobian.communicator(), squares));
}

}  // namespace

TEST_CASE("The coarse solve is exact on the coarse space") {
  const auto few = GENERATE(0, 40);  // the latter on boxes larger than subdomains
  for (const auto& text : {small_poisson, tangled}) {
    SmallCase c(text, MPI_COMM_WORLD);
    const CompressedProblem problem(c, 1e-6);
    const NormalBlocks normal(problem.jacobian);
    const PolynomialSpace coarse(problem.jacobian, normal, problem.compression.polynomial, few);
    const auto r = problem.jacobian.create_unknowns(), v = problem.jacobian.create_unknowns();
    const auto product = problem.jacobian.create_unknowns(), again = problem.jacobian.create_unknowns();
    const auto matrix = problem.jacobian.normal();
    petsc::check(
        MatMult(matrix, problem.random_unknowns(1), r));  // as all right-hand sides of normal equations are
    coarse.apply(r, v);
    petsc::check(MatMult(matrix, v, product));
    coarse.apply(product, again);
    const double size = energy(problem.jacobian, v);
    REQUIRE(size > 0);
    petsc::check(VecAXPY(again, -1, v));
    REQUIRE(energy(problem.jacobian, again) < 1e-5 * size);
  }
}

TEST_CASE("The coarse solve is symmetric and not negative") {
  const auto few = GENERATE(0, 40);
  SmallCase c(tangled, MPI_COMM_WORLD);
  const CompressedProblem problem(c, 1e-6);
  const NormalBlocks normal(problem.jacobian);
  const PolynomialSpace coarse(problem.jacobian, normal, problem.compression.polynomial, few);
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
    const CompressedProblem problem(c, 1e-8);
    const NormalBlocks normal(problem.jacobian);
    return PolynomialSpace(problem.jacobian, normal, problem.compression.polynomial).dimension();
  };
  REQUIRE(dimension(alone) == 9 * 6);
  REQUIRE(dimension(together) == 9 * 6);
}

TEST_CASE("Coarse functions on larger boxes are the same on any number of ranks") {
  const auto solved = [](MPI_Comm comm) {
    SmallCase c(small_poisson, comm, {"decomposition.subdomains=[4, 4]"});
    const CompressedProblem problem(c, 1e-8);
    const NormalBlocks normal(problem.jacobian);
    const PolynomialSpace coarse(problem.jacobian, normal, problem.compression.polynomial, 60);
    REQUIRE(coarse.dimension() == 4 * 6);
    const auto r = problem.jacobian.create_unknowns(), z = problem.jacobian.create_unknowns();
    problem.jacobian.multiply_transposed(std::vector<double>(c.discretisation.rows().count, 1.0), r);
    coarse.apply(r, z);
    return energy(problem.jacobian, z);
  };
  REQUIRE(solved(MPI_COMM_WORLD) == Approx(solved(MPI_COMM_SELF)).epsilon(1e-6));
}
