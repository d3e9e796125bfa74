// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/case/case_file.hpp"
#include "problem/model.hpp"
#include "support/catch.hpp"

#include <cmath>

using namespace ddpinn;

namespace {

const std::string noisy = R"toml(fields = ["u", "v"]
[domain]
coordinates = ["x", "y"]
lower = [-1, 0]
upper = [1, 2]
[[domain.remove]]
ball = { center = [0, 1], radius = 0.5 }
[unknowns]
a = { initial = 0.5, upper = 2 }
[[equation]]
residual = "u_xx + v_yy - a"
[[condition]]
on = ["boundary"]
residual = "u + v"
[[data]]
values = { v = "3 + x", u = "x*y" }
points = 2000
noise = 0.1
)toml";

}  // namespace

TEST_CASE("Generated observations lie in the domain and have the noise that was asked for", "[data]") {
  for (const std::string sampling : {"sobol", "random"}) {
    const auto data = parse_case(noisy, "a.toml", {"data.0.sampling=" + sampling}).problem.data.at(0);
    REQUIRE(data.points.size() == 2000);
    REQUIRE(data.observed.size() == 2);
    REQUIRE(data.observed[0].first == "u");
    REQUIRE(data.standard_deviation == 0.1);
    double mean = 0, square = 0, product = 0;
    for (std::size_t i = 0; i < 2000; ++i) {
      const double x = data.points[i][0], y = data.points[i][1];
      REQUIRE(std::hypot(x, y - 1) >= 0.5);
      const double e = data.observed[0].second[i] - x * y, f = data.observed[1].second[i] - 3 - x;
      mean += e / 2000;
      square += e * e / 2000;
      product += e * f / 2000;
    }
    REQUIRE(std::abs(mean) < 0.01);
    REQUIRE(std::sqrt(square) == Approx(0.1).epsilon(0.06));
    REQUIRE(std::abs(product) < 0.001);
  }
}

TEST_CASE("Observations follow the seed, and the resolved case has the same", "[data]") {
  const auto file = parse_case(noisy, "a.toml");
  const auto again = parse_case(resolved_case(file), "b.toml").problem.data[0];
  REQUIRE(again.observed == file.problem.data[0].observed);
  REQUIRE(again.points == file.problem.data[0].points);
  const auto other = parse_case(noisy, "a.toml", {"network.seed=2"}).problem.data[0];
  REQUIRE(other.observed != file.problem.data[0].observed);
}

TEST_CASE("Unknowns keep their bounds in the resolved case, and make products nonlinear", "[data]") {
  const auto file = parse_case(noisy, "a.toml");
  const auto again = parse_case(resolved_case(file), "b.toml").problem.unknowns;
  REQUIRE(again.size() == 1);
  REQUIRE(again[0].initial == 0.5);
  REQUIRE(again[0].upper == 2);
  REQUIRE(std::isinf(again[0].lower));
  REQUIRE(compile(file.problem).affine);
  REQUIRE_FALSE(compile(parse_case(noisy, "a.toml", {"equation.0.residual=\"u_xx - a*v\""}).problem).affine);
}
