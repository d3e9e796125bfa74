// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// Fields at any points of a rank's cores, from networks that other ranks own.
#include "support/cases.hpp"
#include "support/catch.hpp"
#include "support/small_case.hpp"
#include "support/solve_case.hpp"

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

/// Networks with random coefficients have the same values on all ranks together as on one alone.
void require_same_values(const std::string& text, const std::vector<std::string>& overrides) {
  const SmallCase together(text, MPI_COMM_WORLD, overrides), alone(text, MPI_COMM_SELF, overrides);
  const auto points = probes(alone);
  const std::vector<Derivative> wanted{{0, {}}, {0, {1}}};
  const auto found = together.values_at(together.random_field(3), points, wanted);
  const auto expected = alone.values_at(alone.random_field(3), points, wanted);
  for (std::size_t a = 0; a < wanted.size(); ++a)
    for (std::size_t i = 0; i < points.size(); ++i) {
      INFO("point " << i << ", " << points[i][0] << " " << points[i][1]);
      REQUIRE(found[a][i] == Approx(expected[a][i]).margin(1e-12));
    }
}

}  // namespace

TEST_CASE("Fields have the same values on any number of ranks") { require_same_values(small_poisson, {}); }

TEST_CASE("Levels, coarser or finer than the first, are found by every rank that they cover") {
  for (const auto* levels : {"[[1, 1]]", "[[2, 1], [1, 1]]", "[[11, 9]]", "[[2, 2], [13, 1]]"}) {
    INFO(levels);
    require_same_values(small_poisson, {std::string("decomposition.levels=") + levels});
  }
}

TEST_CASE("Boxes that reach around a periodic direction are found by every rank that they cover") {
  for (const auto* levels : {"[]", "[[7, 5]]"})
    require_same_values(small_poisson,
                        {"domain.periodic=[\"x\"]", std::string("decomposition.levels=") + levels,
                         "condition.walls.on=[\"y.lower\", \"y.upper\"]"});
}

TEST_CASE("An owner whose network covers rows of other ranks only knows its coefficients") {
  // Core 1 has no rows, and in core 2 they begin where box 1 has ended: only core 0 has rows of network 1,
  // which covers points of core 2 too.
  const int cores = std::max(3, Communicator(MPI_COMM_WORLD).size());
  const auto n = std::to_string(cores);
  const auto text = on_the_line("[[equation]]\nname = \"some\"\nresidual = \"u_xx\"\nwhere = \"abs(" + n +
                                    "*x - 1.7) > 0.7\"\n" + condition("\"boundary\"", "u"),
                                "x");
  const std::vector<std::string> overrides{"decomposition.subdomains=[" + n + "]"};
  require_same_values(text, overrides);
}

TEST_CASE("A network that covers no rows at all is zero") {
  const auto text =
      on_the_line(equation("u_xx") + "where = \"x < 0.2\"\n" + condition("\"x.lower\"", "u"), "x");
  const SmallCase c(text, MPI_COMM_WORLD);
  const auto values = c.values_at(c.random_field(3), {Point{0.9}, Point{0.1}}, {{0, {}}});
  REQUIRE(values[0][0] == 0);
  REQUIRE(values[0][1] != 0);
}
