// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <malloc.h>

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

/// Lets the process keep memory that it has freed, for its next use, instead of giving it back to the system:
/// matrices of some 100 kB to 30 MB come and go all the time, and each return costs page faults at the next
/// use. For programs, before they allocate much. Where the C library is not glibc nothing changes.
inline void keep_freed_memory() {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, 32 << 20);  // the most that glibc takes
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  mallopt(M_TOP_PAD, 16 << 20);
#endif
}

}  // namespace ddpinn
