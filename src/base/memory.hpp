// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <fstream>
#include <string>

namespace ddpinn {

/// The most memory that this process has had resident so far, in bytes; 0 where the system does not tell (no
/// /proc).
inline double peak_memory() {
  std::ifstream status("/proc/self/status");
  for (std::string key; status >> key;) {
    double kibibytes = 0;
    if (key == "VmHWM:" && status >> kibibytes) return 1024 * kibibytes;
    status.ignore(4096, '\n');
  }
  return 0;
}

}  // namespace ddpinn
