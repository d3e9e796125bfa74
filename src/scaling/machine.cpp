// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "scaling/machine.hpp"

#include "dense/lapack.hpp"

#include <ddpinn/error.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <fstream>
#include <functional>
#include <limits>

namespace ddpinn {
namespace {

using Clock = std::chrono::steady_clock;

/// Seconds of a call, mean over a quarter of a second or more.
double mean_seconds(const std::function<void()>& call) {
  constexpr double enough = 0.25;
  call();  // brings memory and libraries in
  const auto start = Clock::now();
  double seconds = 0;
  int calls = 0;
  for (; seconds < enough; ++calls) {
    call();
    seconds = std::chrono::duration<double>(Clock::now() - start).count();
  }
  return seconds / calls;
}

/// Of square matrices as large as those of local problems.
double multiply_rate() {
  constexpr std::size_t n = 256;
  const std::vector<double> a(n * n, 1.0), b(n * n, 2.0);
  std::vector<double> c(n * n);
  const auto seconds = mean_seconds([&] {
    multiply(1, Op::none, MatrixView(a.data(), n, n, n), Op::none, MatrixView(b.data(), n, n, n), 0, c.data(),
             n);
  });
  return 2.0 * n * n * n / seconds;
}

/// Of arrays that no cache holds.
double copy_rate() {
  constexpr std::size_t n = std::size_t{4} << 20;
  const std::vector<double> from(n, 1.0);
  std::vector<double> to(n);
  const auto seconds = mean_seconds([&] { std::ranges::copy(from, to.begin()); });
  return 2.0 * sizeof(double) * n / seconds;
}

/// Half round trip of short messages, bandwidth of one rank and stage of a sum, as makers and users publish
/// them for MPI: the order of magnitude, not a particular machine.
struct Known {
  std::string_view name;
  NetworkSpeed speed;
};
constexpr std::array<Known, 4> known{{{"infiniband", {1.2e-6, 1.2e10, 1.5e-6}},
                                      {"slingshot", {2.0e-6, 2.0e10, 2.5e-6}},
                                      {"omni-path", {1.1e-6, 1.1e10, 1.5e-6}},
                                      {"ethernet", {2.5e-5, 1.1e9, 3.0e-5}}}};

}  // namespace

Machine measure_machine(const Communicator& comm) {
  Machine machine;
  machine.ranks = comm.size();
  machine.network = measure_network(comm);
  machine.multiply_rate = sum(comm, multiply_rate()) / comm.size();
  machine.copy_rate = sum(comm, copy_rate()) / comm.size();
  return machine;
}

std::string machine_text(const Machine& machine) {
  const nlohmann::ordered_json json = {{"ranks", machine.ranks},
                                       {"latency", machine.network.latency},
                                       {"bandwidth", machine.network.bandwidth},
                                       {"reduction_stage", machine.network.stage},
                                       {"multiply_rate", machine.multiply_rate},
                                       {"copy_rate", machine.copy_rate}};
  return json.dump(2) + "\n";
}

Machine read_machine(const std::filesystem::path& path) {
  std::ifstream in(path);
  if (!in)
    throw Error(Status::input_output,
                path.string() + ": can't be read; give a file that ddpinn machine wrote");
  const auto json = nlohmann::json::parse(in, nullptr, false);
  if (!json.is_object() || !json.contains("latency"))
    throw Error(
        Status::usage,
        path.string() + ": does not describe a machine (it has no \"latency\"); write one by ddpinn machine");
  return {json.value("ranks", 1),
          {json.value("latency", 0.0), json.value("bandwidth", 0.0), json.value("reduction_stage", 0.0)},
          json.value("multiply_rate", 0.0),
          json.value("copy_rate", 0.0)};
}

NetworkSpeed known_network(const std::string& name_or_path) {
  std::string names;
  for (const auto& [name, speed] : known) {
    if (name == name_or_path) return speed;
    names += (names.empty() ? "" : ", ") + std::string(name);
  }
  if (std::filesystem::exists(name_or_path)) return read_machine(name_or_path).network;
  throw Error(Status::usage,
              fmt::format("--network {}: is no network that is known, and no file (known are {}); "
                          "use one of them, or write a file there by ddpinn machine",
                          name_or_path, names));
}

}  // namespace ddpinn
