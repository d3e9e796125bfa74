// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/point_groups.hpp"

#include "support/cases.hpp"
#include "support/catch.hpp"
#include "support/small_case.hpp"

#include <cmath>
#include <map>
#include <set>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

std::vector<int> covering(const std::vector<Cover>& covers) {
  std::set<int> distinct;
  for (const auto& cover : covers) distinct.insert(cover.subdomain);
  return {distinct.begin(), distinct.end()};
}

LocalRows rows_of(const SmallCase& c, const std::vector<int>& owner, int rank) {
  return draw_rows(c.space.model(), c.space.decomposition(), owner, rank, c.file.options.points,
                   c.space.family().seed);
}

using Located = std::map<std::pair<std::size_t, Point>, std::pair<double, int>>;

Located located(const LocalRows& rows) {
  Located result;
  for (std::size_t g = 0; g < rows.groups.size(); ++g)
    for (std::size_t i = 0; i < rows.groups[g].points.size(); ++i)
      result[{g, rows.groups[g].points.x[i]}] = {rows.groups[g].points.measure[i], rows.groups[g].core[i]};
  return result;
}

}  // namespace

TEST_CASE("Every row is one statement at one point, in the chunk of those who cover it") {
  const SmallCase c(tangled, MPI_COMM_SELF);
  const auto& rows = c.discretisation.rows();
  std::vector<int> used(rows.count, 0);
  for (const auto& group : rows.groups)
    for (std::size_t i = 0; i < group.points.size(); ++i)
      for (std::size_t s = 0; s < group.statements->statements.size(); ++s) {
        const auto row = group.rows[i].row(s);
        ++used.at(row);
        const auto& chunk = rows.chunks.at(group.rows[i].chunk);
        REQUIRE(row >= chunk.begin);
        REQUIRE(row < chunk.begin + chunk.count);
        REQUIRE(chunk.subdomains == covering(group.cover[i]));
        REQUIRE(group.core[i] == c.space.decomposition().core_at(group.points.x[i]));
      }
  for (int count : used) REQUIRE(count == 1);
  std::size_t begin = 0;
  for (const auto& chunk : rows.chunks) {
    REQUIRE(chunk.begin == begin);
    begin += chunk.count;
  }
  REQUIRE(begin == rows.count);
}

TEST_CASE("Blocks hold the rows that their subdomain covers") {
  const SmallCase c(tangled, MPI_COMM_SELF);
  const auto& chunks = c.discretisation.rows().chunks;
  std::set<int> found;
  for (const auto& block : c.discretisation.blocks()) {
    found.insert(block.subdomain);
    std::size_t rows = 0;
    for (const auto& [chunk, offset] : block.parts) {
      REQUIRE(offset == rows);
      REQUIRE(std::ranges::binary_search(chunks[chunk].subdomains, block.subdomain));
      rows += chunks[chunk].count;
    }
    REQUIRE(rows == block.rows);
  }
  for (const auto& chunk : chunks)
    for (int k : chunk.subdomains) REQUIRE(found.contains(k));
}

TEST_CASE("Points lie in the domain where their statements hold, with normals on the boundary") {
  const SmallCase c(tangled, MPI_COMM_SELF);
  for (const auto& group : c.discretisation.rows().groups) {
    if (group.statements->interior)
      for (char inside : c.space.model().region.contains(group.points.x)) REQUIRE(inside);
    if (group.statements->where)
      for (const auto& x : group.points.x) REQUIRE(x[0] < 1.3);
    if (!group.statements->faces.empty())
      for (const auto& n : group.points.normal) REQUIRE(std::hypot(n[0], n[1]) == Approx(1));
  }
}

TEST_CASE("The ranks' points are those of one rank, whatever the sampling") {
  for (const auto* sampling : {"gauss", "uniform", "sobol", "random"}) {
    const SmallCase c(tangled, MPI_COMM_SELF, {std::string("points.sampling=\"") + sampling + '"'});
    const auto whole = located(rows_of(c, std::vector<int>(c.space.owner().size(), 0), 0));
    Located parts;
    const std::vector<int> owner{2, 0, 1, 0, 0};
    for (int rank = 0; rank < 3; ++rank) parts.merge(located(rows_of(c, owner, rank)));
    REQUIRE(parts == whole);
  }
}

TEST_CASE("Measures of interior points add up to the volume") {
  const SmallCase c(small_poisson, MPI_COMM_SELF);
  double volume = 0, length = 0;
  for (double m : c.discretisation.rows().groups[0].points.measure) volume += m;
  for (double m : c.discretisation.rows().groups[1].points.measure) length += m;
  REQUIRE(volume == Approx(1));
  REQUIRE(length == Approx(4));
}
