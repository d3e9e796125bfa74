// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/case_file.hpp"
#include "problem/time_slabs.hpp"
#include "support/catch.hpp"

using namespace ddpinn;

namespace {

const std::string wave = R"toml([domain]
coordinates = ["t", "x"]
lower = [0, 0]
upper = [3, 1]
[[equation]]
residual = "u_tt - u_xx"
[[condition]]
name = "start"
on = ["t.lower", "x.lower"]
residual = "u_t + 2*u - x"
[[condition]]
name = "gauge"
points = [[0.5, 0.5], [1, 0.5], [3, 0.5]]
residual = "u"
[[data]]
values = { u = "t" }
points = 30
[time]
slabs = 3
)toml";

}  // namespace

TEST_CASE("Time slabs share out all of the time, and single points go to one each", "[slabs]") {
  const auto problem = parse_case(wave, "wave.toml").problem;
  std::size_t points = 0, observations = 0;
  double end = 0;
  for (int slab = 0; slab < 3; ++slab) {
    const auto part = slab_problem(problem, 3, slab);
    REQUIRE(part.domain.lower[0] == end);
    end = part.domain.upper[0];
    REQUIRE(part.domain.lower[1] == 0);
    for (const auto& condition : part.conditions) points += condition.points.size();
    observations += part.data[0].points.size();
    for (std::size_t i = 0; i < part.data[0].points.size(); ++i) {
      REQUIRE(part.data[0].points[i][0] >= part.domain.lower[0]);
      REQUIRE(part.data[0].points[i][0] <= end);
      REQUIRE(part.data[0].observed[0].second[i] == Approx(part.data[0].points[i][0]));
    }
  }
  REQUIRE(end == 3);
  REQUIRE(points == 3);
  REQUIRE(observations == 30);
}

TEST_CASE("Later slabs continue what the starting conditions speak of", "[slabs]") {
  const auto problem = parse_case(wave, "wave.toml").problem;
  const auto traces = continued(problem);
  REQUIRE(traces.size() == 2);
  const auto part = slab_problem(problem, 3, 1);
  REQUIRE(part.conditions[0].on == std::vector<std::string>{"x.lower"});
  std::vector<std::string> names;
  for (const auto& condition : part.conditions)
    if (!condition.given.empty()) {
      REQUIRE(condition.on == std::vector<std::string>{"t.lower"});
      names.push_back(condition.name);
    }
  std::sort(names.begin(), names.end());
  REQUIRE(names == std::vector<std::string>{"continuity_u", "continuity_u_t"});
}
