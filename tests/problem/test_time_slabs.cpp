// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/case/case_file.hpp"
#include "problem/time_slabs.hpp"
#include "support/catch.hpp"

#include <algorithm>

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

const Condition* named(const std::string& name, const Problem& problem) {
  const auto found = std::ranges::find(problem.conditions, name, &Condition::name);
  return found == problem.conditions.end() ? nullptr : &*found;
}

}  // namespace

TEST_CASE("Time slabs share out all of the time, and single points go to one each", "[slabs]") {
  const auto problem = parse_case(wave, "wave.toml").problem;
  std::size_t points = 0, observations = 0;
  double end = 0;
  for (int slab = 0; slab < 3; ++slab) {
    const auto part = slab_problem(problem, {3, {}}, slab);
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
  const auto part = slab_problem(problem, {3, {}}, 1);
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

TEST_CASE("Continuity stands where the condition at the start stood", "[slabs]") {
  auto text = wave;
  text.replace(text.find("[\"t.lower\", \"x.lower\"]"), 22, "[\"t.lower\"]");
  for (const bool first : {true, false}) {
    auto problem = parse_case(text, "wave.toml").problem;
    if (!first) std::swap(problem.conditions[0], problem.conditions[1]);
    const auto part = slab_problem(problem, {3, {}}, 2);
    REQUIRE(part.conditions.size() == 3);
    REQUIRE((part.conditions[0].name == "gauge") == !first);
  }
}

TEST_CASE("Breakpoints are the ends of slabs", "[slabs]") {
  auto text = wave;
  text.replace(text.find("slabs = 3"), 9, "breakpoints = [0, 0.75, 1, 3]");
  const auto file = parse_case(text, "wave.toml");
  REQUIRE(file.options.time.slabs == 3);
  const auto part = slab_problem(file.problem, file.options.time, 1);
  REQUIRE(part.domain.lower[0] == 0.75);
  REQUIRE(part.domain.upper[0] == 1);
  REQUIRE(named("gauge", part) == nullptr);
  const auto last = slab_problem(file.problem, file.options.time, 2);
  REQUIRE(named("gauge", last)->points.size() == 2);
}

TEST_CASE("A condition along a line has points in every core of every slab", "[slabs]") {
  auto text = wave;
  text.replace(text.find("points = [[0.5, 0.5], [1, 0.5], [3, 0.5]]"), 41,
               "points = [[0, 0.5], [0, 0.25]]\nalong = \"t\"");
  const auto file = parse_case(text, "wave.toml",
                               {"decomposition.subdomains=[2,1]", "points.boundary=4", "points.interior=20"});
  REQUIRE(file.problem.conditions[1].points.size() == 2 * 3 * 2 * 8);
  for (int slab = 0; slab < 3; ++slab) {
    const auto part = slab_problem(file.problem, file.options.time, slab);
    const auto& points = named("gauge", part)->points;
    REQUIRE(points.size() == 2 * 2 * 8);
    std::size_t early = 0;
    for (const auto& x : points) early += x[0] < part.domain.lower[0] + 0.5 ? 1 : 0;
    REQUIRE(early == 2 * 8);
  }
}
