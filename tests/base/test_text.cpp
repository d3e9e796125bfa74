// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "base/text.hpp"
#include "support/catch.hpp"

using ddpinn::edit_distance;
using ddpinn::nearest_name;

TEST_CASE("The edit distance counts insertions, deletions, substitutions and swaps", "[base]") {
  REQUIRE(edit_distance("", "") == 0);
  REQUIRE(edit_distance("", "abc") == 3);
  REQUIRE(edit_distance("abc", "") == 3);
  REQUIRE(edit_distance("kitten", "sitting") == 3);
  REQUIRE(edit_distance("residual", "residaul") == 1);
  REQUIRE(edit_distance("same", "same") == 0);
}

TEST_CASE("The edit distance is symmetric", "[base]") {
  REQUIRE(edit_distance("overlap", "ovrelaps") == edit_distance("ovrelaps", "overlap"));
}

TEST_CASE("A mistyped name finds the one that was meant, and a foreign one finds none", "[base]") {
  const std::vector<std::string> known = {"subdomains", "overlap", "window", "levels"};
  REQUIRE(nearest_name("overlp", known) == "overlap");
  REQUIRE(nearest_name("subdomain", known) == "subdomains");
  REQUIRE(nearest_name("windwo", known) == "window");
  REQUIRE(!nearest_name("temperature", known));
  REQUIRE(!nearest_name("x", known));
  REQUIRE(!nearest_name("u", {"v"}));
  REQUIRE(nearest_name("U", {"v", "u"}) == "u");
}
