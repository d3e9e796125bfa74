// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// Time slabs of linear equations have one factorisation where their numbers are the same.
#include "problem/case/case_file.hpp"
#include "run/parts.hpp"
#include "support/catch.hpp"
#include "support/interrupted.hpp"

#include <ddpinn/solve.hpp>

#include <cmath>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

/// u_t = a (u_xx + u_yy) and sources, in six slabs. @param a may depend on t
std::string heat(const std::string& a, const std::string& conditions) {
  return R"toml([domain]
coordinates = ["x", "y", "t"]
lower = [0, 0, 0]
upper = [1, 1, 0.6]
[definitions]
v = "sin(pi*x)*sin(pi*y)"
[[equation]]
residual = "u_t - )toml" +
         a + R"toml(*(u_xx + u_yy) - (cos(t) + 2*pi**2*)toml" + a + R"toml(*sin(t + 1))*v"
)toml" + conditions +
         R"toml([decomposition]
subdomains = [2, 2, 1]
[points]
interior = 6
boundary = 6
[network]
hidden = [0]
polynomial_degree = 4
[time]
slabs = 6
[output]
grid = 5
)toml";
}

const std::string begin = R"toml([[condition]]
on = ["t.lower"]
residual = "u - sin(1)*v"
)toml";
const std::string walls = R"toml([[condition]]
on = ["x.lower", "x.upper", "y.lower", "y.upper"]
residual = "u"
)toml";

Found found(const std::string& text, const std::vector<std::string>& overrides) {
  return run_in({}, parse_case(text, "case.toml", overrides), MPI_COMM_WORLD, {});
}

/// With and without congruence the same, but for rounding. @param congruent slabs that are to find the
/// factorisation of one before
void require_congruent(const std::string& text, int congruent, std::vector<std::string> overrides = {}) {
  const auto shared = found(text, overrides);
  overrides.emplace_back("solver.congruence=false");
  const auto each = found(text, overrides);
  REQUIRE(shared.result.congruent_slabs == congruent);
  REQUIRE(each.result.congruent_slabs == 0);
  REQUIRE(shared.result.iterations == each.result.iterations);
  REQUIRE(shared.values.size() == 30);
  for (std::size_t i = 0; i < shared.values.size(); ++i)
    REQUIRE(std::abs(shared.values[i] - each.values[i]) < 1e-9);
  const double ratio = shared.result.estimates[0].l2_relative / each.result.estimates[0].l2_relative;
  REQUIRE(std::abs(ratio - 1) < 1e-5);
}

}  // namespace

TEST_CASE("Slabs of one length share a factorisation, and give what each by itself gives", "[congruence]") {
  require_congruent(heat("0.3", begin + walls), 5);
  require_congruent(heat("0.3", walls + begin), 5, {"network.hidden=[20]", "network.scale=0.7"});
  require_congruent(heat("0.3*(1 + x)", walls + begin), 5, {"solver.krylov.preconditioner=\"direct\""});
  require_congruent(
      heat("0.3", begin) + "[exact_enforcement]\nu = { lift = \"0\", factor = \"x*(1-x)*y*(1-y)\" }\n", 5);
}

TEST_CASE("Slabs share nothing where lengths or coefficients differ", "[congruence]") {
  const auto text = heat("0.3", begin + walls);
  auto lengths = text;
  lengths.replace(lengths.find("slabs = 6"), 9, "breakpoints = [0, 0.1, 0.2, 0.4, 0.6]");
  require_congruent(lengths, 2);
  require_congruent(heat("(0.3 + 0.1*t)", begin + walls), 0);
}

TEST_CASE("A start that weighs otherwise than continuity has a factorisation of its own", "[congruence]") {
  const std::string twice = "[[condition]]\non = [\"t.lower\"]\nresidual = \"u - sin(1)*v\"\nweight = 3\n";
  require_congruent(heat("0.3", twice + walls), 4);
}

TEST_CASE("Restart: slabs that share a factorisation", "[restart]") {
  auto text = heat("0.3", begin + walls);
  text.replace(text.find("slabs = 6"), 9, "breakpoints = [0, 0.1, 0.2, 0.4, 0.6]");
  require_restarts(text, {"solver.krylov.preconditioner=\"one-level\""});
}
