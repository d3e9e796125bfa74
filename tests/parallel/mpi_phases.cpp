// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "parallel/phases.hpp"
#include "support/catch.hpp"

#include <chrono>
#include <thread>

using namespace ddpinn;

TEST_CASE("Phases come from all ranks, and a rank without one counts as zero", "[parallel]") {
  const Communicator comm(MPI_COMM_WORLD);
  Timers timers;
  {
    const auto scope = timers.scope("every rank");
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  if (comm.rank() == comm.size() - 1) {
    const auto scope = timers.scope("last rank");
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  const auto phases = reduce_phases(comm, timers);
  REQUIRE(phases.size() == 2);
  REQUIRE(phases[0].name == "every rank");
  REQUIRE(phases[0].min >= 0.002);
  REQUIRE(phases[0].mean >= phases[0].min);
  REQUIRE(phases[0].max >= phases[0].mean * (1 - 1e-12));
  REQUIRE(phases[1].name == "last rank");
  REQUIRE(phases[1].max >= 0.002);
  if (comm.size() > 1) {
    REQUIRE(phases[1].min == 0);
    REQUIRE(phases[1].mean < phases[1].max);
  }
}
