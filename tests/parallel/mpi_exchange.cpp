// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "base/random.hpp"
#include "parallel/communicator.hpp"
#include "support/catch.hpp"

#include <algorithm>

using namespace ddpinn;

namespace {

/// The messages that `sender` sends in this round; every rank can tell, so every rank knows what to expect.
std::vector<Message<double>> messages(int round, int sender, int ranks) {
  Random random(round, sender);
  std::vector<Message<double>> out(random.bits() % 6);
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i].rank = static_cast<int>(random.bits() % static_cast<std::uint64_t>(ranks));
    out[i].data.resize(random.bits() % 2000);
    for (auto& value : out[i].data) value = random.uniform();
  }
  return out;
}

std::vector<Message<double>> expected(int round, const Communicator& comm) {
  std::vector<Message<double>> in;
  for (int sender = 0; sender < comm.size(); ++sender) {
    for (auto& message : messages(round, sender, comm.size())) {
      if (message.rank == comm.rank()) in.push_back({sender, std::move(message.data)});
    }
  }
  return in;
}

bool same(const std::vector<Message<double>>& a, const std::vector<Message<double>>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const auto& x, const auto& y) { return x.rank == y.rank && x.data == y.data; });
}

}  // namespace

TEST_CASE("Random patterns of messages arrive whole, in order, with nothing from other rounds",
          "[parallel]") {
  const Communicator comm(MPI_COMM_WORLD);
  for (int round = 0; round < 200; ++round) {
    const auto incoming = ddpinn::exchange(comm, messages(round, comm.rank(), comm.size()));
    const bool arrived = same(incoming, expected(round, comm));
    REQUIRE(arrived);
  }
}

TEST_CASE("An exchange without messages ends", "[parallel]") {
  const Communicator comm(MPI_COMM_WORLD);
  REQUIRE(ddpinn::exchange(comm, std::vector<Message<int>>{}).empty());
}

TEST_CASE("Messages too long for eager sending arrive", "[parallel]") {
  const Communicator comm(MPI_COMM_WORLD);
  const int next = (comm.rank() + 1) % comm.size();
  const std::vector<Message<double>> outgoing = {{next, std::vector<double>(500'000, comm.rank())}};
  const auto incoming = ddpinn::exchange(comm, outgoing);
  REQUIRE(incoming.size() == 1);
  REQUIRE(incoming[0].rank == (comm.rank() + comm.size() - 1) % comm.size());
  REQUIRE(incoming[0].data == std::vector<double>(500'000, incoming[0].rank));
}

TEST_CASE("A message to a rank that does not exist is an error before anything is sent", "[parallel]") {
  const Communicator comm(MPI_COMM_WORLD);
  const std::vector<Message<int>> outgoing = {{comm.size(), {1}}};
  const std::string message = test::message_of([&] { ddpinn::exchange(comm, outgoing); });
  REQUIRE(test::contains(message, "there is no such rank"));
}
