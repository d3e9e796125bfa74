// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/normal_operator.hpp"

#include "support/cases.hpp"
#include "support/catch.hpp"
#include "support/small_case.hpp"

using namespace ddpinn;
using namespace ddpinn::test;

TEST_CASE("Products with the normal blocks are products with the Jacobian and its transpose") {
  for (const auto& text : {small_poisson, tangled}) {
    SmallCase c(text, MPI_COMM_WORLD);
    const CompressedProblem problem(c, 1e-6);
    const NormalBlocks blocks(problem.jacobian);
    const NormalOperator normal(problem.jacobian, blocks);
    const auto x = problem.random_unknowns(1), y = problem.jacobian.create_unknowns(),
               expected = problem.jacobian.create_unknowns();
    petsc::check(MatMult(problem.jacobian.normal(), x, expected));
    petsc::check(MatMult(normal.matrix(), x, y));
    const auto found = gathered(c.comm, y), wanted = gathered(c.comm, expected);
    for (std::size_t i = 0; i < found.size(); ++i) REQUIRE(found[i] == Approx(wanted[i]).margin(1e-11));
  }
}
