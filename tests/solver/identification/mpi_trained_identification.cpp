// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// Training identifies unknowns, the same on any number of ranks.
#include "support/catch.hpp"
#include "support/trained_cases.hpp"

using namespace ddpinn;
using namespace ddpinn::test;

TEST_CASE("Gauss-Newton on all parameters identifies a diffusivity from noisy data") {
  const std::vector<std::string> options{"solver.method=gauss-newton", "solver.max_iterations=5"};
  const TrainedCase found(noisy_rod, MPI_COMM_WORLD, options), alone(noisy_rod, MPI_COMM_SELF, options);
  REQUIRE(finds_two(found));
  REQUIRE(found.solution.field.unknowns()[0] == Approx(alone.solution.field.unknowns()[0]).epsilon(1e-5));
  REQUIRE(found.solution.standard_errors[0] == Approx(alone.solution.standard_errors[0]).epsilon(1e-2));
}

TEST_CASE("Gauss-Newton moves an unknown from where the fields are trained to another value of it") {
  const TrainedCase found(noisy_rod, MPI_COMM_WORLD,
                          {"solver.method=['lbfgs', 'gauss-newton']", "solver.max_iterations=15"});
  INFO(found.solution.field.unknowns()[0]);
  REQUIRE(finds_two(found));
}
