// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "base/log.hpp"
#include "support/catch.hpp"

using namespace ddpinn;

TEST_CASE("A level shows itself and what is more severe", "[base]") {
  const auto before = log::level();
  log::set_level(log::Level::warning);
  REQUIRE(log::enabled(log::Level::error));
  REQUIRE(log::enabled(log::Level::warning));
  REQUIRE(!log::enabled(log::Level::info));
  log::set_level(log::Level::quiet);
  REQUIRE(!log::enabled(log::Level::error));
  log::set_level(before);
}

TEST_CASE("A hidden message is not put together", "[base]") {
  const auto before = log::level();
  log::set_level(log::Level::quiet);
  log::info("braces in a value do no harm: {}", "{}");
  log::error("nor does an error that nobody sees: {}", 1);
  REQUIRE(log::level() == log::Level::quiet);
  log::set_level(before);
}
