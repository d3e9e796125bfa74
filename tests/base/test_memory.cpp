// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "base/memory.hpp"
#include "support/catch.hpp"

#include <vector>

TEST_CASE("The peak of the memory grows by what is used and stays there", "[base]") {
  const double before = ddpinn::peak_memory();
  REQUIRE(before > 1e6);
  const std::size_t bytes = 200'000'000;
  {
    std::vector<char> used(bytes, 1);
    REQUIRE(used[bytes / 2] == 1);
  }
  const double after = ddpinn::peak_memory();
  REQUIRE(after >= before);
  REQUIRE(after >= static_cast<double>(bytes));
}
