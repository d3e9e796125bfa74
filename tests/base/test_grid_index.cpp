// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "base/grid_index.hpp"

#include "support/catch.hpp"

#include <vector>

using namespace ddpinn;

namespace {

std::vector<GridIndex> all(const GridIndex& counts) {
  std::vector<GridIndex> visited;
  for_each_index(counts, [&](const GridIndex& index) { visited.push_back(index); });
  return visited;
}

}  // namespace

TEST_CASE("All places of a grid are visited, the last direction fastest") {
  REQUIRE(all({2, 3, 1, 1}) ==
          std::vector<GridIndex>{
              {0, 0, 0, 0}, {0, 1, 0, 0}, {0, 2, 0, 0}, {1, 0, 0, 0}, {1, 1, 0, 0}, {1, 2, 0, 0}});
  REQUIRE(all({3, 2, 4, 5}).size() == 120);
  REQUIRE(all({3, 2, 4, 5}).back() == GridIndex{2, 1, 3, 4});
}

TEST_CASE("All combinations of numbers are visited, the last direction fastest") {
  std::vector<GridIndex> visited;
  for_each_combination({{7, 5}, {2}, {1, 3}}, [&](const GridIndex& chosen) { visited.push_back(chosen); });
  REQUIRE(visited == std::vector<GridIndex>{{7, 2, 1, 0}, {7, 2, 3, 0}, {5, 2, 1, 0}, {5, 2, 3, 0}});
}

TEST_CASE("Cells around others end with their line, or go around it") {
  REQUIRE(cells_around(0, 0, 4, false) == std::vector<int>{0, 1});
  REQUIRE(cells_around(1, 2, 4, false) == std::vector<int>{0, 1, 2, 3});
  REQUIRE(cells_around(3, 3, 4, true) == std::vector<int>{2, 3, 0});
  REQUIRE(cells_around(0, 0, 1, true) == std::vector<int>{0, 0, 0});
}

TEST_CASE("A grid without places in one direction has none") { REQUIRE(all({2, 0, 3, 1}).empty()); }
