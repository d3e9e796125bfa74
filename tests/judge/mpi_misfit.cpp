// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "judge/misfit_warnings.hpp"

#include "solver/nonlinear/met_rows.hpp"
#include "support/cases.hpp"
#include "support/catch.hpp"
#include "support/solve_case.hpp"

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

std::map<std::string, Misfit> misfits_of(const SolvedCase& c) {
  return misfits(c.discretisation, c.solution.fields, c.complete_field());
}

}  // namespace

TEST_CASE("A good solution meets equations and conditions, and there is nothing to warn about") {
  const SolvedCase c(small_poisson, MPI_COMM_WORLD);
  const auto found = misfits_of(c);
  REQUIRE(found.at("poisson").relative < 0.05);
  REQUIRE(found.at("walls").relative < 0.01);
  REQUIRE(misfit_warnings(found).empty());
}

TEST_CASE("A linear solve converges with too few features, but the equation is not met") {
  const SolvedCase c(small_poisson, MPI_COMM_WORLD,
                     {"network.hidden=[0]", "decomposition.subdomains=[2, 2]"});
  REQUIRE(c.solution.converged);
  const auto warnings = misfit_warnings(misfits_of(c));
  REQUIRE(warnings.size() == 1);
  REQUIRE(warnings[0].find("the equation 'poisson' is not met") != std::string::npos);
}

TEST_CASE("Of several time slabs, the worst is named") {
  std::map<std::string, Misfit> worst;
  for (int slab = 0; slab < 3; ++slab)
    keep_worst(
        worst,
        {{"heat",
          {.relative = slab == 1 ? 0.5 : 0.2, .when = TimeSlab{1, 2.0 * slab, 2.0 * slab + 2, false}}}});
  REQUIRE(misfit_warnings(worst).at(0).find("in the worst time slab, t in [2, 4]") != std::string::npos);
}

TEST_CASE("Conditions that contradict each other are not met") {
  const SolvedCase c(small_poisson + R"toml([[condition]]
name = "raised"
on = ["x.lower"]
residual = "u - 1"
)toml",
                     MPI_COMM_WORLD);
  REQUIRE(misfits_of(c).at("raised").relative > 0.3);
}

TEST_CASE("Data that the equations cannot describe are named, others with errors are not") {
  const std::string rod = R"toml([domain]
coordinates = ["x"]
lower = [0]
upper = [1]
[unknowns]
a = { initial = 1 }
[[equation]]
residual = "a*u_xx + 1"
[[condition]]
on = ["boundary"]
residual = "u"
[[data]]
points = 30
noise = 0.01
)toml";
  const SolvedCase right(rod + "values = { u = \"x*(1 - x)\" }\n[network]\nscale = 1\n", MPI_COMM_WORLD);
  REQUIRE(misfit_warnings(misfits_of(right)).empty());
  const SolvedCase wrong(rod + "values = { u = \"x*(1 - x) + sin(2*pi*x)\" }\n[network]\nscale = 1\n",
                         MPI_COMM_WORLD);
  const auto warnings = misfit_warnings(misfits_of(wrong));
  REQUIRE(warnings.size() == 1);
  REQUIRE(warnings[0].find("misses 'data_1_u'") != std::string::npos);
}

TEST_CASE("A field that is zero everywhere meets its equation, whatever rounding leaves") {
  const SolvedCase c(R"toml(fields = ["u", "v"]
[domain]
coordinates = ["x"]
lower = [0]
upper = [1]
[[equation]]
name = "rise"
residual = "u_xx + 1"
[[equation]]
name = "nothing"
residual = "v_xx + 1e-13*sin(30*x)"
[[condition]]
on = ["boundary"]
residual = "u"
[[condition]]
name = "rest"
on = ["boundary"]
residual = "v"
[network]
hidden = [10]
scale = 1
)toml",
                     MPI_COMM_WORLD);
  const auto found = misfits_of(c);
  REQUIRE(found.at("nothing").relative < 1e-3);
  REQUIRE(found.at("rest").relative < 1e-3);
}

TEST_CASE("A small field whose equation is not met is found beside a large one") {
  SolvedCase c(R"toml(fields = ["u", "v"]
[domain]
coordinates = ["x"]
lower = [0]
upper = [1]
[[equation]]
name = "large"
residual = "u_xx + 1e3"
[[equation]]
name = "small"
residual = "v_xx + 1e-6"
[[condition]]
on = ["boundary"]
residual = "u"
[[condition]]
on = ["boundary"]
residual = "v"
[network]
hidden = [10]
scale = 1
)toml",
               MPI_COMM_WORLD);
  REQUIRE(!worst_unmet(c.discretisation, c.solution));
  auto wrong = c.solution;
  for (const auto& [k, coefficients] : c.solution.field.coefficients())
    std::ranges::fill_n(wrong.field[k].column(1), coefficients.rows(), 0.0);
  wrong.fields = c.discretisation.lift();
  c.discretisation.add_fields(wrong.field, wrong.fields);
  const auto unmet = worst_unmet(c.discretisation, wrong);
  REQUIRE(unmet);
  REQUIRE(unmet->name == "small");
  REQUIRE(unmet->relative > 0.1);
}

TEST_CASE("A field of zero does not meet an equation whose numbers are too small to be squared") {
  const SolvedCase c(R"toml([domain]
coordinates = ["x"]
lower = [0]
upper = [1]
[[equation]]
name = "tiny"
residual = "u_xx + 1e-300"
[[condition]]
on = ["boundary"]
residual = "u"
[network]
hidden = [10]
scale = 1
)toml",
                     MPI_COMM_WORLD);
  REQUIRE(misfits_of(c).at("tiny").relative > 0.9);
}

TEST_CASE("Of several time slabs the worst misfits are kept, also those of data") {
  std::map<std::string, Misfit> worst;
  keep_worst(worst, {{"heat", {{}, false, 0.5}}, {"data", {{}, true, 0, 1.0}}});
  keep_worst(worst, {{"heat", {{}, false, 0.2}}, {"data", {{}, true, 0, 9.0}}});
  REQUIRE(worst.at("heat").relative == 0.5);
  REQUIRE(worst.at("data").deviations == 9.0);
}

TEST_CASE("Misfits are the same on every number of ranks") {
  const SolvedCase together(small_poisson, MPI_COMM_WORLD), alone(small_poisson, MPI_COMM_SELF);
  const auto found = misfits_of(together);
  for (const auto& [name, misfit] : misfits_of(alone))
    REQUIRE(std::abs(found.at(name).relative / misfit.relative - 1) < 1e-2);
}
