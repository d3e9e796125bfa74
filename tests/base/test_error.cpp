// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "support/catch.hpp"

#include <ddpinn/error.hpp>

using ddpinn::Error;
using ddpinn::Location;
using ddpinn::Status;

TEST_CASE("A location is printed as far as it is known", "[base]") {
  REQUIRE(ddpinn::prefix({}) == "");
  REQUIRE(ddpinn::prefix({"case.toml"}) == "case.toml: ");
  REQUIRE(ddpinn::prefix({"case.toml", 7}) == "case.toml:7: ");
  REQUIRE(ddpinn::prefix({"case.toml", 7, 3}) == "case.toml:7:3: ");
  REQUIRE(ddpinn::prefix({"case.toml", 0, 3}) == "case.toml: ");
}

TEST_CASE("An error carries its status and its place", "[base]") {
  const Error error(Status::input_output, Location{"data.csv", 2, 5}, "not a number");
  REQUIRE(error.status() == Status::input_output);
  REQUIRE(std::string(error.what()) == "data.csv:2:5: not a number");
}
