// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "parallel/network_speed.hpp"

#include <filesystem>
#include <string>

namespace ddpinn {

/// What a number of ranks of a machine can do, all of them at once.
struct Machine {
  int ranks = 1;
  NetworkSpeed network;
  double multiply_rate = 0;  ///< floating-point operations per second of a rank in products of matrices
  double copy_rate = 0;      ///< bytes per second that a rank reads and writes in memory
};

/// Measures for about a second. @note Collective.
Machine measure_machine(const Communicator&);

std::string machine_text(const Machine&);  ///< JSON
/// @throws Error (Status::input_output, Status::usage)
Machine read_machine(const std::filesystem::path&);

/// A network by name, with figures that are usual for its kind, or those of a file that `ddpinn machine`
/// wrote.
/// @throws Error (Status::usage) that names the networks
NetworkSpeed known_network(const std::string& name_or_path);

}  // namespace ddpinn
