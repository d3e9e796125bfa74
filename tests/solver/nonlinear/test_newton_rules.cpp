// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/nonlinear/newton_rules.hpp"

#include "support/catch.hpp"

#include <vector>

using namespace ddpinn;

TEST_CASE("A line search halves steps until one is taken") {
  std::vector<double> tried;
  const auto down_to = [&](double longest) {
    tried.clear();
    return search_line(0.1, [&](double length) {
      tried.push_back(length);
      return length > longest ? Trial::too_long : Trial::taken;
    });
  };
  REQUIRE(down_to(1));
  REQUIRE(tried == std::vector<double>{1});
  REQUIRE(down_to(0.3));
  REQUIRE(tried == std::vector<double>{1, 0.5, 0.25});
  REQUIRE(!down_to(0.05));
  REQUIRE(tried == std::vector<double>{1, 0.5, 0.25, 0.125});
}

TEST_CASE("A line search that is stopped tries no shorter step") {
  int tried = 0;
  REQUIRE(!search_line(1e-3, [&](double) {
    ++tried;
    return Trial::stopped;
  }));
  REQUIRE(tried == 1);
}

TEST_CASE("Armijo's condition asks for a part of what the linear model promises") {
  REQUIRE(decreases_enough(4, 3, 1, 4));
  REQUIRE(decreases_enough(4, 3.9997, 0.5, 4));
  REQUIRE(!decreases_enough(4, 3.9999, 1, 4));
  REQUIRE(!decreases_enough(4, 4.1, 1, 4));
}
