// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/congruence.hpp"

#include "support/cases.hpp"
#include "support/catch.hpp"
#include "support/small_case.hpp"

#include <set>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

Congruence congruence(const std::string& text, std::vector<std::string> overrides,
                      const std::vector<int>& grid = {}) {
  overrides.push_back("decomposition.coupling=interface");
  const SmallCase c(text, MPI_COMM_SELF, overrides);
  return {c.space.model(), c.space.decomposition(), c.space.family(), grid};
}

std::vector<double> sines(std::size_t n, double phase) {
  std::vector<double> result;
  for (std::size_t i = 0; i < n; ++i) {
    const double x = i;
    result.push_back(std::sin(0.7 * x + phase));
  }
  return result;
}

}  // namespace

TEST_CASE("Boxes of an even decomposition are of five kinds per direction", "[congruence]") {
  REQUIRE(congruence(small_poisson, {"decomposition.subdomains=[12, 9]"}).classes() == 25);
  REQUIRE(congruence(small_poisson, {"decomposition.subdomains=[12, 3]"}).classes() == 15);
  const auto periodic =
      congruence(small_poisson, {"decomposition.subdomains=[9, 9]", "domain.periodic=[\"x\"]"});
  REQUIRE(periodic.classes() == 25);  // boxes at the ends of a period have points in two pieces
}

TEST_CASE("Nodes of a grid tell boxes apart where they are elsewhere in them", "[congruence]") {
  const std::vector<std::string> many{"decomposition.subdomains=[12, 12]"};
  REQUIRE(congruence(small_poisson, many, {12, 12}).classes() == 25);
  REQUIRE(congruence(small_poisson, many, {24, 24}).classes() == 25);
  REQUIRE(congruence(small_poisson, many, {18, 12}).classes() > 25);  // three cells for two boxes
  REQUIRE(congruence(small_poisson, many, {13, 12}).classes() == 12 * 5);
}

TEST_CASE("Graded boxes are congruent where their neighbours are", "[congruence]") {
  const std::string even =
      "decomposition.breakpoints={ x = [0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1], "
      "y = [0, 0.5, 1] }";
  REQUIRE(congruence(small_poisson, {even}).classes() == 2 * 8);
  REQUIRE(
      congruence(small_poisson, {"decomposition.breakpoints={ x = [0, 0.1, 0.3, 0.6, 1], y = [0, 0.3, 1] }"})
          .classes() == 8);
}

TEST_CASE("What differs from box to box makes classes of their own", "[congruence]") {
  const std::vector<std::string> many{"decomposition.subdomains=[9, 9]"};
  REQUIRE(congruence(small_poisson, {many[0], "network.shared=false"}).classes() == 81);
  REQUIRE(congruence(small_poisson, {many[0], "network.shared=false", "network.hidden=[0]"}).classes() == 25);
  REQUIRE(congruence(small_poisson, {many[0], "solver.method=gauss-newton"}).classes() == 81);
  const std::string data = "[[data]]\nvalues = { u = \"0\" }\npoints = 1\n";
  const auto observed = congruence(small_poisson + data, many);
  REQUIRE(observed.classes() > 25);
  REQUIRE(observed.classes() <= 29);
}

TEST_CASE("Shapes tell the boxes near them from the others", "[congruence]") {
  const auto c = congruence(two_materials(), {"decomposition.subdomains=[20, 9]"});
  // Materials differ; two cells to each side of the interface at x = 0.35 it is near.
  REQUIRE(c.classes() > 25);
  REQUIRE(c.classes() < 20 * 9 / 2);
}

TEST_CASE("Congruent boxes are moved onto each other with their neighbours", "[congruence]") {
  const SmallCase c(small_poisson, MPI_COMM_SELF,
                    {"decomposition.subdomains=[9, 7]", "decomposition.coupling=interface"});
  const auto& decomposition = c.space.decomposition();
  const int from = decomposition.number(0, {3, 3}), to = decomposition.number(0, {5, 2});
  const Congruence congruence(c.space.model(), decomposition, c.space.family(), {});
  REQUIRE(moved_box(decomposition, from, from, to) == to);
  const int near = decomposition.number(0, {4, 2}), there = decomposition.number(0, {6, 1});
  REQUIRE(moved_box(decomposition, near, from, to) == there);
  const auto shift = shift_between(decomposition, from, to);
  for (std::size_t d = 0; d < 2; ++d)
    REQUIRE(std::abs(decomposition[near].box.lower[d] + shift[d] - decomposition[there].box.lower[d]) <
            1e-14);
}

TEST_CASE("Numbers are the same to rounding, and no further", "[congruence]") {
  DistinctNumbers distinct;
  const auto first = sines(500, 0.1);
  REQUIRE(!distinct.find({first}));
  REQUIRE(distinct.add({first}) == 0);
  auto rounded = first, changed = first, scaled = first;
  for (std::size_t i = 0; i < rounded.size(); ++i) rounded[i] *= 1 + (i % 3 == 0 ? 4e-16 : -4e-16);
  changed[77] += 1e-9;
  for (auto& value : scaled) value *= 1 + 1e-9;
  REQUIRE(distinct.find({rounded}) == 0);
  REQUIRE(!distinct.find({changed}));
  REQUIRE(!distinct.find({scaled}));
  REQUIRE(!distinct.find({first, first}));
  REQUIRE(!distinct.find({{}}));
  // A column of small numbers counts as much as one of large ones.
  auto large = first;
  for (auto& value : large) value *= 1e9;
  REQUIRE(distinct.add({first, large}) == 1);
  REQUIRE(!distinct.find({changed, large}));
  REQUIRE(distinct.find({rounded, large}) == 1);
  int some = 0, other = 0;
  REQUIRE(distinct.add({sines(9, 1)}, &some) == 2);
  REQUIRE(distinct.find({sines(9, 1)}, &some) == 2);
  REQUIRE(!distinct.find({sines(9, 1)}, &other));
}

TEST_CASE("Sets are found again wherever their projections are", "[congruence]") {
  DistinctNumbers distinct;
  for (int i = 0; i < 400; ++i) distinct.add({sines(60, 0.01 * i)});
  for (int i = 0; i < 400; ++i) {
    auto again = sines(60, 0.01 * i);
    for (std::size_t j = 0; j < again.size(); ++j) again[j] *= 1 + (j % 2 == 0 ? 2e-15 : -2e-15);
    REQUIRE(distinct.find({again}) == static_cast<std::size_t>(i));
  }
}
