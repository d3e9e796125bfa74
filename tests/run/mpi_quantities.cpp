// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "parallel/communicator.hpp"
#include "problem/time_slabs.hpp"
#include "run/quantities.hpp"
#include "support/catch.hpp"
#include "support/small_problems.hpp"

#include <ddpinn/solve.hpp>

#include <cmath>
#include <map>
#include <numbers>
#include <numeric>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

constexpr double pi = std::numbers::pi;

/// u = sin(pi x) exp(-t)
Problem heat() {
  Problem problem;
  problem.domain = {.coordinates = {"x", "t"}, .lower = {0, 0}, .upper = {1, 1}};
  problem.equations.push_back({.name = "heat", .residual = {"u_t - u_xx/pi**2"}});
  problem.conditions.push_back({.name = "start", .on = {"t.lower"}, .residual = {"u - sin(pi*x)"}});
  problem.conditions.push_back({.name = "ends", .on = {"x.lower", "x.upper"}, .residual = {"u"}});
  return problem;
}

std::map<std::string, QuantityValue> found(const Problem& problem, const Options& options) {
  auto solved = solve(problem, options, MPI_COMM_WORLD);
  judge(solved);
  std::map<std::string, QuantityValue> result;
  for (const auto& quantity : solved.result.quantities) result[quantity.name] = quantity;
  return result;
}

}  // namespace

TEST_CASE("quantities are those of the known solution", "[quantities]") {
  auto problem = poisson();
  problem.parameters = {{"two", 2.0}};
  auto& all = problem.quantities;
  all.push_back({.name = "total", .expression = {"two*u"}});
  all.push_back({.name = "slope", .expression = {"u_x"}, .on = {"x.lower"}, .kind = QuantityKind::mean});
  all.push_back({.name = "outflow", .expression = {"n_x*u_x + n_y*u_y"}, .on = {"boundary"}});
  all.push_back({.name = "top", .expression = {"u"}, .kind = QuantityKind::max});
  all.push_back({.name = "bottom", .expression = {"u"}, .on = {"y.upper"}, .kind = QuantityKind::min});
  all.push_back({.name = "here", .expression = {"u_y"}, .point = {0.5, 0.25}});
  all.push_back({.name = "line", .expression = {"u"}, .plane = {{"y", 0.5}}, .kind = QuantityKind::mean});
  const auto values = found(problem, small({3, 2}));
  const auto near = [&](const std::string& name, double expected) {
    CAPTURE(name);
    REQUIRE(values.at(name).value == Approx(expected).margin(2e-6));
    REQUIRE(values.at(name).slabs == std::vector{values.at(name).value});
  };
  near("total", 4 / pi * std::sin(1));
  near("slope", pi * std::sin(1));
  near("outflow", -(pi * pi + 1) * 2 / pi * std::sin(1));
  near("top", 1);
  near("bottom", 0);
  near("here", -std::sin(0.25));
  near("line", 2 / pi * std::cos(0.5));
}

TEST_CASE("quantities are integrated up to the surfaces of shapes", "[quantities]") {
  auto problem = poisson();
  problem.conditions.front().on.push_back("hole");
  problem.domain.shapes.push_back({.name = "hole",
                                   .kind = Shape::Kind::ball,
                                   .use = Shape::Use::remove,
                                   .center = {0, 0.45},
                                   .radius = 0.3});
  problem.quantities.push_back({.name = "area", .expression = {"1 + 0*u"}});
  problem.quantities.push_back({.name = "side", .expression = {"1 + 0*u"}, .on = {"x.lower"}});
  const auto values = found(problem, small({3, 2}));
  REQUIRE(values.at("area").value == Approx(1 - pi * 0.09 / 2).epsilon(1e-5));
  REQUIRE(values.at("side").value == Approx(0.4).epsilon(1e-9));
}

TEST_CASE("quantities of time slabs make up those of the whole time", "[quantities]") {
  auto problem = heat();
  auto& all = problem.quantities;
  all.push_back({.name = "total", .expression = {"u"}});
  all.push_back({.name = "end", .expression = {"u"}, .at_time = 1.0});
  all.push_back({.name = "start", .expression = {"u"}, .on = {"t.lower"}});
  all.push_back({.name = "seam", .expression = {"u"}, .point = {0.5}, .at_time = 0.5});
  all.push_back({.name = "loss", .expression = {"-n_x*u_x"}, .on = {"x.upper"}, .at_time = 0.25});
  all.push_back({.name = "least", .expression = {"u"}, .plane = {{"x", 0.5}}, .kind = QuantityKind::min});
  auto options = small({2, 1});
  options.time.slabs = 2;
  const auto values = found(problem, options);
  const auto& total = values.at("total");
  REQUIRE(total.value == Approx(2 / pi * (1 - std::exp(-1))).margin(1e-5));
  REQUIRE(total.slabs.size() == 2);
  REQUIRE(total.slabs[0] + total.slabs[1] == Approx(total.value));
  REQUIRE(total.slabs[0] == Approx(2 / pi * (1 - std::exp(-0.5))).margin(1e-5));
  REQUIRE(values.at("end").value == Approx(2 / pi * std::exp(-1)).margin(1e-5));
  REQUIRE(values.at("end").slabs[0] == 0);
  REQUIRE(values.at("start").value == Approx(2 / pi).margin(1e-5));
  REQUIRE(values.at("seam").value == Approx(std::exp(-0.5)).margin(1e-5));
  REQUIRE(std::isnan(values.at("seam").slabs[0]));
  REQUIRE(values.at("loss").value == Approx(pi * std::exp(-0.25)).margin(1e-4));
  REQUIRE(values.at("least").value == Approx(std::exp(-1)).margin(1e-5));
}

TEST_CASE("a table of quantities has a line for each time slab", "[quantities]") {
  const std::vector<QuantityValue> values{{"a", 3, {1, 2}}, {"b", 0.5, {0.5, std::nan("")}}};
  REQUIRE(quantities_text(values, {{1, 0, 0.5, false}, {1, 0.5, 1, true}}) ==
          "from,until,a,b\n0,0.5,1,0.5\n0.5,1,2,nan\n");
}
