// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/linear/preconditioner.hpp"

#include "support/cases.hpp"
#include "support/catch.hpp"
#include "support/small_case.hpp"

#include <array>
#include <cmath>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

constexpr std::array kinds{PreconditionerType::two_level, PreconditionerType::one_level,
                           PreconditionerType::block, PreconditionerType::direct, PreconditionerType::none};

double dot(::Vec a, ::Vec b) {
  PetscScalar result = 0;
  petsc::check(VecDot(a, b, &result));
  return result;
}

}  // namespace

TEST_CASE("Preconditioners are symmetric and positive") {
  for (const auto& text : {small_poisson, tangled}) {
    SmallCase c(text, MPI_COMM_WORLD);
    const CompressedProblem problem(c, 1e-6);
    const auto br = problem.jacobian.create_unknowns(), bs = problem.jacobian.create_unknowns();
    for (const auto kind : kinds) {
      const Preconditioner preconditioner(kind, problem.jacobian, problem.compression.polynomial);
      for (std::uint64_t seed = 0; seed < 5; ++seed) {
        const auto r = problem.random_unknowns(seed), s = problem.random_unknowns(100 + seed);
        preconditioner.apply(r, br);
        preconditioner.apply(s, bs);
        const double rr = dot(r, br), ss = dot(s, bs);
        INFO(spelling(kind));
        REQUIRE(rr > 0);
        REQUIRE(ss > 0);
        REQUIRE(std::abs(dot(s, br) - dot(r, bs)) < 1e-6 * std::sqrt(rr * ss));
      }
    }
  }
}

TEST_CASE("The Schwarz method over all kinds of patches is symmetric and positive") {
  SmallCase c(small_poisson, MPI_COMM_WORLD);
  const CompressedProblem problem(c, 1e-6);
  const NormalBlocks normal(problem.jacobian);
  const auto br = problem.jacobian.create_unknowns(), bs = problem.jacobian.create_unknowns();
  for (auto kind : {PatchKind::subdomain, PatchKind::vertex, PatchKind::cluster, PatchKind::neighbourhood}) {
    const Schwarz schwarz(problem.jacobian, normal, kind);
    const auto r = problem.random_unknowns(1), s = problem.random_unknowns(2);
    schwarz.apply(r, br);
    schwarz.apply(s, bs);
    REQUIRE(dot(r, br) > 0);
    REQUIRE(std::abs(dot(s, br) - dot(r, bs)) < 1e-6 * std::sqrt(dot(r, br) * dot(s, bs)));
  }
}

TEST_CASE("Blocks alone are the identity, since their columns are orthonormal") {
  SmallCase c(small_poisson, MPI_COMM_WORLD);
  const CompressedProblem problem(c, 1e-6);
  const Preconditioner block(PreconditionerType::block, problem.jacobian, problem.compression.polynomial);
  const auto r = problem.random_unknowns(1), z = problem.jacobian.create_unknowns();
  block.apply(r, z);
  const petsc::ConstLocalArray from(r), to(z);
  for (std::size_t i = 0; i < from.get().size(); ++i)
    REQUIRE(to.get()[i] == Approx(from.get()[i]).margin(1e-6));
}

TEST_CASE("Two levels are exact on the coarse space, one level is not") {
  SmallCase c(small_poisson, MPI_COMM_WORLD, {"decomposition.subdomains=[7, 2]"});
  const CompressedProblem problem(c, 1e-6);
  const NormalBlocks normal(problem.jacobian);
  const PolynomialSpace coarse(problem.jacobian, normal, problem.compression.polynomial);
  const auto v = problem.jacobian.create_unknowns(), product = problem.jacobian.create_unknowns();
  const auto back = problem.jacobian.create_unknowns();
  const auto r = problem.random_unknowns(1);
  coarse.apply(r, v);
  petsc::check(MatMult(problem.jacobian.normal(), v, product));
  const double size = std::sqrt(dot(v, v));
  const auto error = [&](PreconditionerType kind) {
    Preconditioner(kind, problem.jacobian, problem.compression.polynomial).apply(product, back);
    petsc::check(VecAXPY(back, -1, v));
    return std::sqrt(dot(back, back)) / size;
  };
  REQUIRE(error(PreconditionerType::two_level) < 1e-5);
  REQUIRE(error(PreconditionerType::one_level) > 1e-3);
}

TEST_CASE("One patch of all subdomains is a direct solve") {
  SmallCase c(small_poisson, MPI_COMM_WORLD, {"decomposition.subdomains=[3, 1]"});
  const CompressedProblem problem(c, 1e-3);
  const Preconditioner exact(PreconditionerType::one_level, problem.jacobian, problem.compression.polynomial);
  const auto x = problem.random_unknowns(1), ax = problem.jacobian.create_unknowns(),
             y = problem.jacobian.create_unknowns();
  petsc::check(MatMult(problem.jacobian.normal(), x, ax));
  exact.apply(ax, y);
  petsc::check(VecAXPY(y, -1, x));
  REQUIRE(std::sqrt(dot(y, y)) < 1e-5 * std::sqrt(dot(x, x)));
}

TEST_CASE(
    "The direct preconditioner is the inverse, on any number of ranks and with levels that depend on each "
    "other") {
  for (const auto* levels : {"[]", "[[1, 1]]"}) {
    SmallCase c(small_poisson, MPI_COMM_WORLD, {std::string("decomposition.levels=") + levels});
    const CompressedProblem problem(c, 1e-3);
    const Preconditioner direct(PreconditionerType::direct, problem.jacobian, problem.compression.polynomial);
    const auto x = problem.random_unknowns(1), ax = problem.jacobian.create_unknowns(),
               y = problem.jacobian.create_unknowns(), ay = problem.jacobian.create_unknowns();
    petsc::check(MatMult(problem.jacobian.normal(), x, ax));
    direct.apply(ax, y);
    petsc::check(MatMult(problem.jacobian.normal(), y, ay));
    petsc::check(VecAXPY(ay, -1, ax));
    INFO(levels);
    REQUIRE(std::sqrt(dot(ay, ay)) < 1e-7 * std::sqrt(dot(ax, ax)));
    REQUIRE(direct.coarse_dimension() == 0);
  }
}

TEST_CASE("A preconditioner that does not exist is refused by name") {
  const auto message = message_of(
      [] { SmallCase(small_poisson, MPI_COMM_WORLD, {"solver.krylov.preconditioner=three-level"}); });
  REQUIRE(contains(message, "'solver.krylov.preconditioner' is \"three-level\""));
}
