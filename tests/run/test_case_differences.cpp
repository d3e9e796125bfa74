// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// What has changed in a case since a checkpoint is told by its keys.
#include "run/case_differences.hpp"

#include "problem/case/case_file.hpp"
#include "support/cases.hpp"
#include "support/catch.hpp"

using namespace ddpinn;

namespace {

std::vector<std::string> changed_by(const std::vector<std::string>& overrides) {
  const auto resolved = [](const std::vector<std::string>& keys) {
    return resolved_case(parse_case(test::small_poisson, "case.toml", keys));
  };
  return case_differences(resolved({}), resolved(overrides));
}

}  // namespace

TEST_CASE("keys that belong to the solution are told where they have changed", "[restart]") {
  using Keys = std::vector<std::string>;
  REQUIRE(changed_by({}).empty());
  REQUIRE(changed_by({"network.seed=2"}) == Keys{"network.seed"});
  REQUIRE(changed_by({"decomposition.subdomains=[3, 4]", "points.interior=8"}) ==
          Keys{"decomposition.subdomains", "points.interior"});
  REQUIRE(changed_by({"solver.krylov.compression=1e-9"}) == Keys{"solver.krylov.compression"});
  REQUIRE(changed_by({"solver.adam.decay.factor=0.9"}) == Keys{"solver.adam.decay.factor"});
  REQUIRE(changed_by({"condition=[{name=\"walls\", on=[\"boundary\"], residual=\"u - 1\"}]"}) ==
          Keys{"condition 1.residual"});
  const auto more = changed_by({"parameters.a=1"});
  REQUIRE(more == Keys{"parameters.a"});
}

TEST_CASE("numerics that only say when to end may change, and what is written", "[restart]") {
  REQUIRE(changed_by({"title=\"other\"", "solver.tolerance=1e-3", "solver.max_iterations=7",
                      "solver.krylov.max_iterations=9", "solver.time_limit=\"1h\"", "output.grid=[5, 5]",
                      "output.checkpoint.every=0", "exact.u=\"0\""})
              .empty());
}
