// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// Cases without numerics have the accuracy that they ask for, and the same numerics on any number of ranks.
#include "problem/case/case_file.hpp"
#include "support/catch.hpp"

#include <ddpinn/solve.hpp>

#include <fmt/format.h>

using namespace ddpinn;

namespace {

const std::string waves = R"toml([domain]
coordinates = ["x", "y"]
lower = [0, 0]
upper = [1, 1]
[[equation]]
residual = "u_xx + u_yy + 34*pi**2*sin(5*pi*x)*sin(3*pi*y)"
[[condition]]
on = ["boundary"]
residual = "u"
[exact]
u = "sin(5*pi*x)*sin(3*pi*y)"
[output]
grid = [41, 41]
)toml";

/// u' = u^2 with u = 1 / (1.1 - t).
const std::string growth = R"toml([domain]
coordinates = ["t"]
lower = [0]
upper = [1]
[[equation]]
residual = "u_t - u**2"
[[condition]]
on = ["t.lower"]
residual = "u - 1/1.1"
[exact]
u = "1/(1.1 - t)"
[output]
grid = [301]
)toml";

Solved solved(const std::string& text, MPI_Comm comm, const std::vector<std::string>& overrides = {}) {
  std::vector<std::string> all{"solver.accuracy=1e-6"};
  all.insert(all.end(), overrides.begin(), overrides.end());
  auto result = solve(parse_case(text, "test.toml", all), comm);
  judge(result);
  return result;
}

void require_accurate(const std::string& text) {
  const auto all = solved(text, MPI_COMM_WORLD), alone = solved(text, MPI_COMM_SELF);
  INFO(all.result.stop_reason);
  REQUIRE(all.result.converged);
  REQUIRE(all.result.errors.at(0).l2_relative < 1e-6);
  REQUIRE(resolved_case(all.fields.solved_case()) == resolved_case(alone.fields.solved_case()));
}

}  // namespace

TEST_CASE("A linear case without numerics has the accuracy that it asks for") { require_accurate(waves); }

TEST_CASE("A nonlinear case in time chooses its slabs") {
  require_accurate(growth);
  REQUIRE(solved(growth, MPI_COMM_WORLD).fields.solved_case().options.time.slabs > 1);
}

TEST_CASE("What was chosen solves the case again") {
  const auto first = solved(waves, MPI_COMM_WORLD);
  auto again = solve(parse_case(resolved_case(first.fields.solved_case()), "resolved.toml"), MPI_COMM_WORLD);
  judge(again);
  REQUIRE(again.result.errors[0].l2_relative == Approx(first.result.errors.at(0).l2_relative).epsilon(0.1));
}

TEST_CASE("What stands in the way of an accuracy is told") {
  const auto kept = solved(waves, MPI_COMM_WORLD,
                           {"network.hidden=[30]", "network.scale=1", "decomposition.subdomains=[2, 2]"});
  REQUIRE_FALSE(kept.result.converged);
  REQUIRE(kept.result.stop_reason.find("leaves nothing open") != std::string::npos);
  const auto late = solved(growth, MPI_COMM_WORLD, {"solver.accuracy=1e-15"});
  REQUIRE_FALSE(late.result.converged);
  REQUIRE(late.result.stop_reason.find("accuracy 1e-15 is not reached") != std::string::npos);
  REQUIRE(late.result.errors.at(0).l2_relative < 1e-8);
}

TEST_CASE("An accuracy is reached where errors that are larger than their estimates are below it, too") {
  const auto with = [](double accuracy) {
    return solved(waves, MPI_COMM_WORLD,
                  {"network.hidden=[0]", "network.polynomial_degree=9", "points.interior=12",
                   "points.boundary=12", "decomposition.subdomains=[3, 2]",
                   fmt::format("solver.accuracy={}", accuracy)})
        .result;
  };
  // The only level counts twice its estimate, which no other has confirmed.
  const double estimate = 2 * with(1e-12).estimates.at(0).of_variation;
  const auto nearly = with(1.3 * estimate), surely = with(2.6 * estimate);
  INFO(nearly.stop_reason << "; " << surely.stop_reason);
  REQUIRE_FALSE(nearly.converged);
  REQUIRE(nearly.stop_reason.find("is not surely reached") != std::string::npos);
  REQUIRE(surely.converged);
}

TEST_CASE("Levels end where data leave the unknowns more uncertain than the accuracy") {
  const auto found = solved(R"toml([domain]
coordinates = ["t"]
lower = [0]
upper = [3]
[unknowns]
k = { initial = 1, lower = 0.1, upper = 10 }
[[equation]]
residual = "u_t + k*u"
[[condition]]
on = ["t.lower"]
residual = "u - 1"
[[data]]
values = { u = "exp(-0.5*t)" }
points = 40
noise = 0.02
)toml",
                            MPI_COMM_WORLD);
  INFO(found.result.stop_reason);
  REQUIRE_FALSE(found.result.converged);
  REQUIRE(found.result.stop_reason.find("what the data leave uncertain of the unknowns") !=
          std::string::npos);
}

TEST_CASE("An accuracy refines polynomials where the case leaves features to trials", "[accuracy]") {
  const auto found = solved(waves, MPI_COMM_WORLD, {"network.kind=\"auto\""});
  const auto& network = found.fields.solved_case().options.network;
  REQUIRE(found.result.converged);
  REQUIRE(found.result.errors.at(0).l2_relative < 1e-6);
  REQUIRE(network.kind == "mlp");
  REQUIRE(network.hidden == std::vector<int>{0});
}
