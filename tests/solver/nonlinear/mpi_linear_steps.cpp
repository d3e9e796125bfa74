// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/nonlinear/linear_step.hpp"

#include "support/cases.hpp"
#include "support/catch.hpp"
#include "support/solve_case.hpp"

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

/// A case at the fields of random coefficients of this size.
struct Beginning {
  Beginning(SmallCase& c, double size) : solution(solution_of(c.discretisation, c.random_field(3, size))) {
    c.discretisation.set_weights(solution.fields);
  }
  Solution solution;
};

double largest_difference(const SmallCase& c, const Step& one, const Step& other) {
  double result = 0;
  for (std::size_t g = 0; g < one.fields.size(); ++g)
    for (std::size_t a = 0; a < one.fields[g].size(); ++a)
      for (std::size_t i = 0; i < one.fields[g][a].size(); ++i)
        result = std::max(result, std::abs(one.fields[g][a][i] - other.fields[g][a][i]));
  return max(c.comm, result);
}

}  // namespace

TEST_CASE("A former linearised problem serves the next one, with the same step") {
  for (const auto kind : {PreconditionerType::direct, PreconditionerType::two_level})
    for (const auto target : {Target::solution, Target::increment}) {
      SmallCase c(bratu, MPI_COMM_WORLD);
      const Quiet quiet;
      auto options = c.file.options.solver;
      options.krylov.preconditioner = kind;
      options.tolerance = 1e-12;
      options.max_krylov_iterations = 2000;
      const Beginning first(c, 1e-3), second(c, 2e-3);
      LinearSteps lagged(c.comm, c.discretisation, options, quiet.monitor);
      lagged.solve(first.solution, target, 1, 1);
      REQUIRE(!lagged.problem().jacobian.is_linearised_anew());
      const auto step = lagged.solve(second.solution, target, 1e-3, 2);
      REQUIRE(lagged.problem().jacobian.is_linearised_anew());
      LinearSteps fresh(c.comm, c.discretisation, options, quiet.monitor);
      const auto expected = fresh.solve(second.solution, target, 1, 1);
      INFO(spelling(kind) << ": " << step.krylov.iterations << " iterations, " << expected.krylov.iterations
                          << " anew");
      REQUIRE(largest_difference(c, step, expected) < (target == Target::increment ? 1e-4 : 1e-6));
    }
}

TEST_CASE("A former linearised problem that takes too many iterations is made anew") {
  SmallCase c(bratu, MPI_COMM_WORLD);
  const Quiet quiet;
  auto options = c.file.options.solver;
  options.krylov.preconditioner = PreconditionerType::direct;
  options.max_krylov_iterations = 4;
  const Beginning near(c, 1e-3), far(c, 3);
  LinearSteps steps(c.comm, c.discretisation, options, quiet.monitor);
  steps.solve(far.solution, Target::increment, 1, 1);
  SECTION("since it is tried in vain") {
    const auto step = steps.solve(near.solution, Target::increment, 0, 2);
    REQUIRE(!steps.problem().jacobian.is_linearised_anew());
    REQUIRE(step.krylov.converged);
    REQUIRE(step.krylov.iterations > 4);
  }
  SECTION("at once after a long step, or with other features") {
    const bool other_features = GENERATE(true, false);
    if (other_features) steps.forget();
    const auto step = steps.solve(near.solution, Target::increment, other_features ? 0 : 1, 2);
    REQUIRE(!steps.problem().jacobian.is_linearised_anew());
    REQUIRE(step.krylov.iterations < 5);
  }
}
