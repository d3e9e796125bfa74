// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/linear/krylov.hpp"

#include "support/cases.hpp"
#include "support/catch.hpp"
#include "support/solve_case.hpp"

#include <lapacke.h>
#include <cmath>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

/// J y for the y that minimises |J y + r|, by a dense singular value decomposition.
std::vector<double> projected(Matrix j, const std::vector<double>& r) {
  const auto dense = j;
  std::vector<double> y(std::max(j.rows(), j.columns()), 0.0), values(j.columns());
  for (std::size_t i = 0; i < r.size(); ++i) y[i] = -r[i];
  lapack_int rank = 0;
  const auto m = static_cast<lapack_int>(j.rows()), n = static_cast<lapack_int>(j.columns());
  const auto info = LAPACKE_dgelsd(LAPACK_COL_MAJOR, m, n, 1, j.data(), m, y.data(),
                                   static_cast<lapack_int>(y.size()), values.data(), 1e-14, &rank);
  REQUIRE(info == 0);
  std::vector<double> rows(j.rows(), 0.0);
  for (std::size_t k = 0; k < dense.columns(); ++k)
    for (std::size_t i = 0; i < dense.rows(); ++i) rows[i] += dense(i, k) * y[k];
  return rows;
}

double norm(const std::vector<double>& values) {
  double sum = 0;
  for (double v : values) sum += v * v;
  return std::sqrt(sum);
}

}  // namespace

TEST_CASE("Every solver and preconditioner finds the dense least-squares solution") {
  SmallCase c(small_poisson, MPI_COMM_WORLD);
  const CompressedProblem problem(c, 1e-4);
  const auto expected = projected(dense_jacobian(c, problem), all_gather(c.comm, problem.linear.residual));
  const Quiet quiet;
  for (const auto type : {KrylovType::cg, KrylovType::lsqr})
    for (const auto kind : {PreconditionerType::two_level, PreconditionerType::one_level,
                            PreconditionerType::block, PreconditionerType::none}) {
      auto options = c.file.options.solver;
      options.krylov.type = type;
      options.tolerance = 1e-12;
      options.max_krylov_iterations = 20000;
      const Preconditioner preconditioner(kind, problem.jacobian, problem.compression.polynomial);
      const auto y = problem.jacobian.create_unknowns();
      const auto result = solve_least_squares(problem.jacobian, preconditioner, options,
                                              problem.linear.residual, y, quiet.monitor, 1);
      INFO(spelling(type) << ", " << spelling(kind) << ": " << result.iterations << " iterations, "
                          << result.reason);
      std::vector<double> rows(c.discretisation.rows().count);
      problem.jacobian.multiply(y, rows);
      auto found = all_gather(c.comm, rows);
      for (std::size_t i = 0; i < found.size(); ++i) found[i] -= expected[i];
      REQUIRE(norm(found) < 1e-6 * norm(expected));
      REQUIRE(result.converged);
    }
}

TEST_CASE("Two levels need fewer iterations than one, and one fewer than none") {
  SmallCase c(small_poisson, MPI_COMM_WORLD, {"decomposition.subdomains=[8, 2]"});
  const CompressedProblem problem(c, 1e-4);
  const Quiet quiet;
  std::vector<int> iterations;
  for (const auto kind :
       {PreconditionerType::two_level, PreconditionerType::one_level, PreconditionerType::none}) {
    const Preconditioner preconditioner(kind, problem.jacobian, problem.compression.polynomial);
    const auto y = problem.jacobian.create_unknowns();
    iterations.push_back(solve_least_squares(problem.jacobian, preconditioner, c.file.options.solver,
                                             problem.linear.residual, y, quiet.monitor, 1)
                             .iterations);
  }
  REQUIRE(iterations[0] < iterations[1]);
  REQUIRE(iterations[1] < iterations[2]);
}

TEST_CASE("A limit on the iterations is kept, and told") {
  SmallCase c(small_poisson, MPI_COMM_WORLD);
  const CompressedProblem problem(c, 1e-6);
  const Quiet quiet;
  for (const auto type : {KrylovType::cg, KrylovType::lsqr}) {
    auto options = c.file.options.solver;
    options.krylov.type = type;
    options.max_krylov_iterations = 3;
    const Preconditioner none(PreconditionerType::none, problem.jacobian, problem.compression.polynomial);
    const auto y = problem.jacobian.create_unknowns();
    const auto result =
        solve_least_squares(problem.jacobian, none, options, problem.linear.residual, y, quiet.monitor, 1);
    REQUIRE(!result.converged);
    REQUIRE(result.iterations == 3);
    REQUIRE(contains(result.reason, "3 Krylov iterations reached"));
  }
}

TEST_CASE("A request to stop ends the iteration on all ranks") {
  SmallCase c(small_poisson, MPI_COMM_WORLD);
  const CompressedProblem problem(c, 1e-6);
  for (const auto type : {KrylovType::cg, KrylovType::lsqr}) {
    Quiet quiet;
    int asked = 0;
    quiet.monitor.stop = [&] { return ++asked > 4; };
    auto options = c.file.options.solver;
    options.krylov.type = type;
    const Preconditioner none(PreconditionerType::none, problem.jacobian, problem.compression.polynomial);
    const auto y = problem.jacobian.create_unknowns();
    const auto result =
        solve_least_squares(problem.jacobian, none, options, problem.linear.residual, y, quiet.monitor, 1);
    REQUIRE(!result.converged);
    REQUIRE(result.iterations < 10);
    REQUIRE(contains(result.reason, "a signal or the time limit"));
  }
}

TEST_CASE("Our conjugate gradients give the numbers of PETSc's, bit for bit") {
  SmallCase c(small_poisson, MPI_COMM_WORLD);
  const CompressedProblem problem(c, 1e-4);
  const Quiet quiet;
  auto options = c.file.options.solver;
  options.tolerance = 1e-10;
  const auto solved = [&](PreconditionerType kind) {
    const Preconditioner preconditioner(kind, problem.jacobian, problem.compression.polynomial);
    const auto y = problem.jacobian.create_unknowns();
    auto result = solve_least_squares(problem.jacobian, preconditioner, options, problem.linear.residual, y,
                                      quiet.monitor, 1);
    const petsc::ConstLocalArray own(y);
    return std::pair(std::move(result), std::vector<double>(own.get().begin(), own.get().end()));
  };
  for (const auto kind : {PreconditionerType::two_level, PreconditionerType::block}) {
    const auto [ours, y] = solved(kind);
    petsc::check(PetscOptionsSetValue(nullptr, "-ksp_max_it", "10000"));
    const auto [theirs, expected] = solved(kind);
    petsc::check(PetscOptionsClearValue(nullptr, "-ksp_max_it"));
    REQUIRE(ours.converged);
    REQUIRE(ours.iterations == theirs.iterations);
    REQUIRE(ours.residual == theirs.residual);
    REQUIRE(ours.condition == Approx(theirs.condition));
    REQUIRE(y == expected);
  }
}
