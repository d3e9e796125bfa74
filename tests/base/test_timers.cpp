// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "base/timers.hpp"
#include "support/catch.hpp"

#include <chrono>
#include <thread>

namespace {

void wait_ms(int ms) { std::this_thread::sleep_for(std::chrono::milliseconds(ms)); }

}  // namespace

TEST_CASE("Exclusive seconds leave out the phases inside", "[base]") {
  ddpinn::Timers timers;
  {
    const auto outer = timers.scope("outer");
    wait_ms(5);
    for (int i = 0; i < 2; ++i) {
      const auto inner = timers.scope("inner");
      wait_ms(10);
    }
  }
  const auto& entries = timers.entries();
  REQUIRE(entries.size() == 2);
  REQUIRE(entries[0].name == "outer");
  REQUIRE(entries[1].calls == 2);
  REQUIRE(entries[1].inclusive >= 0.02);
  REQUIRE(entries[0].exclusive >= 0.005);
  REQUIRE(entries[0].inclusive == Approx(entries[0].exclusive + entries[1].inclusive).epsilon(1e-9));
  REQUIRE(timers.elapsed() >= entries[0].inclusive);
}

TEST_CASE("A phase inside itself counts once", "[base]") {
  ddpinn::Timers timers;
  {
    const auto outer = timers.scope("solve");
    const auto inner = timers.scope("solve");
    wait_ms(5);
  }
  const auto& entry = timers.entries().at(0);
  REQUIRE(entry.calls == 2);
  REQUIRE(entry.inclusive <= timers.elapsed());
  REQUIRE(entry.inclusive == Approx(entry.exclusive).epsilon(1e-9));
}

TEST_CASE("Phases know what was sent in them, and processor seconds, without the phases inside", "[base]") {
  ddpinn::Timers timers;
  {
    const auto outer = timers.scope("outer");
    ddpinn::count_traffic({.messages = 1, .bytes = 10});
    {
      const auto inner = timers.scope("inner");
      ddpinn::count_traffic({.messages = 2, .bytes = 5, .reductions = 3});
      wait_ms(20);  // asleep
    }
  }
  const auto& entries = timers.entries();
  REQUIRE(entries[0].sent.messages == 1);
  REQUIRE(entries[0].sent.bytes == 10);
  REQUIRE(entries[0].sent.reductions == 0);
  REQUIRE(entries[1].sent.messages == 2);
  REQUIRE(entries[1].sent.reductions == 3);
  REQUIRE(entries[1].cpu < entries[1].exclusive);
}

TEST_CASE("A phase without timers is timed nowhere", "[base]") {
  REQUIRE_FALSE(ddpinn::optional_scope(nullptr, "phase"));
  ddpinn::Timers timers;
  { const auto scope = ddpinn::optional_scope(&timers, "phase"); }
  REQUIRE(timers.entries().at(0).calls == 1);
}
