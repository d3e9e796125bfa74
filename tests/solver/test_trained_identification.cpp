// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "support/catch.hpp"
#include "support/trained_cases.hpp"

using namespace ddpinn;
using namespace ddpinn::test;

TEST_CASE("Adam identifies a diffusivity from noisy data") {
  const TrainedCase found(noisy_rod, MPI_COMM_WORLD,
                          {"solver.method=adam", "solver.max_iterations=6000",
                           "solver.adam.learning_rate=0.02", "solver.adam.decay={every=1500, factor=0.5}"});
  INFO(found.solution.scalars[0]);
  REQUIRE(finds_two(found));
}
