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
  REQUIRE(found.solution.scalars[0] == Approx(alone.solution.scalars[0]).epsilon(1e-5));
  REQUIRE(found.solution.standard_errors[0] == Approx(alone.solution.standard_errors[0]).epsilon(1e-2));
}

TEST_CASE("Gauss-Newton moves an unknown from where the fields are trained to another value of it") {
  const TrainedCase found(noisy_rod, MPI_COMM_WORLD,
                          {"solver.method=['lbfgs', 'gauss-newton']", "solver.max_iterations=15"});
  INFO(found.solution.scalars[0]);
  REQUIRE(finds_two(found));
}

TEST_CASE("L-BFGS identifies a diffusivity from noisy data, within its bounds") {
  const std::vector<std::string> options{"solver.method=lbfgs", "solver.max_iterations=300"};
  const TrainedCase found(noisy_rod, MPI_COMM_WORLD, options);
  INFO(found.solution.scalars[0]);
  REQUIRE(finds_two(found));
  auto bounded = options;
  bounded.push_back("unknowns.a.upper=1.5");
  REQUIRE(TrainedCase(noisy_rod, MPI_COMM_WORLD, bounded).solution.scalars[0] == 1.5);
}

TEST_CASE("Adam keeps unknowns within their bounds, the same on any number of ranks") {
  const std::vector<std::string> options{"solver.method=adam", "solver.adam.learning_rate=0.05",
                                         "solver.max_iterations=60", "unknowns.a.upper=1.2"};
  const TrainedCase found(noisy_rod, MPI_COMM_WORLD, options), alone(noisy_rod, MPI_COMM_SELF, options);
  REQUIRE(found.solution.scalars[0] == Approx(alone.solution.scalars[0]).epsilon(1e-4));
  REQUIRE(found.solution.scalars[0] <= 1.2);
  REQUIRE(found.solution.scalars[0] != 1);
}
