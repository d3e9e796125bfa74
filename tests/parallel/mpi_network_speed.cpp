// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "base/traffic.hpp"
#include "parallel/network_speed.hpp"
#include "support/catch.hpp"

using namespace ddpinn;

TEST_CASE("Messages take time and have a bandwidth, the same on every rank", "[parallel]") {
  const Communicator comm(MPI_COMM_WORLD);
  const auto speed = measure_network(comm);
  REQUIRE(max(comm, speed.latency) == min(comm, speed.latency));
  if (comm.size() == 1) {
    REQUIRE(speed.latency == 0);
    return;
  }
  REQUIRE(speed.latency > 0);
  REQUIRE(speed.bandwidth > 0);
  REQUIRE(speed.stage > 0);
}

TEST_CASE("What is sent is counted by message, byte and reduction", "[parallel]") {
  const Communicator comm(MPI_COMM_WORLD);
  const auto before = traffic();
  sum(comm, 1.0);
  std::vector<Message<double>> outgoing;
  outgoing.push_back({(comm.rank() + 1) % comm.size(), {1, 2, 3}});
  ddpinn::exchange(comm, outgoing);
  const auto sent = traffic() - before;
  const bool alone = comm.size() == 1;
  REQUIRE(sent.messages == (alone ? 0 : 1));
  REQUIRE(sent.bytes == (alone ? 0 : 24));
  REQUIRE(sent.reductions == (alone ? 0 : 2));  // the sum, and the end of the exchange
}
