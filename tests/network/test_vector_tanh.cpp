// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "network/vector_tanh.hpp"

#include "base/random.hpp"
#include "support/catch.hpp"

#include <cmath>
#include <limits>
#include <vector>

using namespace ddpinn;

TEST_CASE("The vectorised tanh is the one of the C library, at all sizes and signs") {
  Random random(1, 0);
  std::vector<double> z{0.0, -0.0, 5e-324, -1e-310, 19.9, -20, 20.1, 1e300, -1e300};
  for (int i = 0; i < 10000; ++i) z.push_back(std::pow(10, random.uniform(-9, 1.5)) * random.uniform(-1, 1));
  std::vector<double> y(z.size());
  vector_tanh(z.size(), z.data(), y.data());
  for (std::size_t i = 0; i < z.size(); ++i) {
    const double expected = std::tanh(z[i]);
    REQUIRE(std::abs(y[i] - expected) <= 4 * std::numeric_limits<double>::epsilon() * std::abs(expected));
    REQUIRE(std::signbit(y[i]) == std::signbit(z[i]));
  }
}

TEST_CASE("The vectorised tanh of what is not finite is one, or no number") {
  const double infinity = std::numeric_limits<double>::infinity();
  const std::vector<double> z{infinity, -infinity, std::numeric_limits<double>::quiet_NaN()};
  std::vector<double> y(z.size());
  vector_tanh(z.size(), z.data(), y.data());
  REQUIRE(y[0] == 1);
  REQUIRE(y[1] == -1);
  REQUIRE(std::isnan(y[2]));
}
