// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "parallel/network_speed.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>

namespace ddpinn {
namespace {

/// Median of the seconds that one call takes.
double median_seconds(int repeats, const std::function<void()>& call) {
  using Clock = std::chrono::steady_clock;
  std::vector<double> seconds;
  for (int i = 0; i < repeats; ++i) {
    const auto start = Clock::now();
    call();
    seconds.push_back(std::chrono::duration<double>(Clock::now() - start).count());
  }
  const auto middle = seconds.begin() + repeats / 2;
  std::ranges::nth_element(seconds, middle);
  return *middle;
}

/// Seconds of one way, to the partner and back; 0 where there is none.
double one_way(const Communicator& comm, std::size_t bytes, int repeats) {
  const int partner = comm.rank() % 2 == 0 ? comm.rank() + 1 : comm.rank() - 1;
  std::vector<char> buffer(bytes);
  const int count = static_cast<int>(bytes);
  const auto send = [&] { MPI_Send(buffer.data(), count, MPI_CHAR, partner, 0, comm.get()); };
  const auto receive = [&] {
    MPI_Recv(buffer.data(), count, MPI_CHAR, partner, 0, comm.get(), MPI_STATUS_IGNORE);
  };
  MPI_Barrier(comm.get());
  if (partner >= comm.size()) return 0;
  const bool begins = comm.rank() % 2 == 0;
  return median_seconds(repeats,
                        [&] {
                          if (begins) send();
                          receive();
                          if (!begins) send();
                        }) /
         2;
}

}  // namespace

NetworkSpeed measure_network(const Communicator& comm) {
  NetworkSpeed speed;
  if (comm.size() == 1) return speed;
  constexpr std::size_t little = 8, much = std::size_t{1} << 20;
  const double talking = comm.size() - comm.size() % 2;
  speed.latency = sum(comm, one_way(comm, little, 200)) / talking;
  const double seconds = sum(comm, one_way(comm, much, 20)) / talking;
  speed.bandwidth = static_cast<double>(much) / std::max(seconds - speed.latency, 1e-9);
  const double reduction = median_seconds(200, [&] { sum(comm, 1.0); });
  speed.stage = sum(comm, reduction) / comm.size() / std::ceil(std::log2(comm.size()));
  return speed;
}

}  // namespace ddpinn
