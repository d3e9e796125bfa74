// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "judge/conservation.hpp"

#include "support/cases.hpp"
#include "support/catch.hpp"
#include "support/solve_case.hpp"

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

const std::string heat_law = R"toml([[conservation]]
name = "heat"
flux = { x = "-u_x", y = "-u_y" }
source = "2*pi**2*sin(pi*x)*sin(pi*y)"
)toml";

std::vector<Balance> balances_of(const std::string& text, MPI_Comm ranks = MPI_COMM_WORLD) {
  const SolvedCase c(text, ranks);
  return balances(c.complete_field());
}

std::string networks(const std::string& subdomains, int features) {
  return "[decomposition]\nsubdomains = " + subdomains +
         "\n[points]\ninterior = 10\n[network]\nscale = 1\nhidden = [" + std::to_string(features) + "]\n";
}

bool near(double value, double expected, double tolerance) { return std::abs(value - expected) < tolerance; }

}  // namespace

TEST_CASE("What a solution of Poisson's equation loses through the walls is what its source gives") {
  const auto found = balances_of(small_poisson + heat_law);
  REQUIRE(found.size() == 1);
  REQUIRE(found[0].fluxes.size() == 4);
  for (const auto& side : found[0].fluxes) REQUIRE(near(side.flux, 2, 0.02));
  REQUIRE(near(found[0].source, 8, 1e-6));
  REQUIRE(near(found[0].net_flux, 8, 0.05));
  REQUIRE(found[0].relative_defect < 0.01);
}

TEST_CASE("A wrong source shows as a defect of the balance") {
  auto law = heat_law;
  law[law.find("2*pi")] = '3';
  REQUIRE(balances_of(small_poisson + law)[0].relative_defect > 0.3);
}

TEST_CASE("Balances are the same on every number of ranks") {
  const auto together = balances_of(small_poisson + heat_law)[0];
  const auto alone = balances_of(small_poisson + heat_law, MPI_COMM_SELF)[0];
  REQUIRE(near(together.net_flux, alone.net_flux, 1e-4));
  REQUIRE(near(together.source, alone.source, 1e-10));
}

TEST_CASE(
    "In time the density flows through the first and the last instant, and round a hole through its wall") {
  const auto cooling = balances_of(R"toml([domain]
coordinates = ["x", "t"]
lower = [0, 0]
upper = [1, 0.1]
[[equation]]
residual = "u_t - u_xx"
[[condition]]
on = ["t.lower"]
residual = "u - sin(pi*x)"
[[condition]]
on = ["x.lower", "x.upper"]
residual = "u"
[[conservation]]
flux = { x = "-u_x", t = "u" }
)toml" + networks("[2, 1]", 30))[0];
  REQUIRE(cooling.fluxes.size() == 4);
  REQUIRE(cooling.fluxes[2].place == "t.lower");
  REQUIRE(near(cooling.fluxes[2].flux, -2 / M_PI, 1e-4));
  REQUIRE(near(cooling.fluxes[3].flux, 2 / M_PI * std::exp(-0.1 * M_PI * M_PI), 1e-4));
  REQUIRE(cooling.relative_defect < 1e-4);

  const auto ring = balances_of(R"toml([domain]
coordinates = ["x", "y"]
lower = [-1, -1]
upper = [1, 1]
[[domain.remove]]
name = "hole"
ball = { center = [0, 0], radius = 0.5 }
[[equation]]
residual = "u_xx + u_yy"
[[condition]]
on = ["boundary", "hole"]
residual = "u - log(x**2 + y**2)/2"
[[conservation]]
flux = { x = "-u_x", y = "-u_y" }
)toml" + networks("[2, 2]", 40))[0];
  REQUIRE(ring.fluxes.back().place == "hole");
  REQUIRE(near(ring.fluxes.back().flux, 2 * M_PI, 0.05));
  REQUIRE(ring.relative_defect < 0.01);
}
