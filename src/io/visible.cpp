// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/visible.hpp"

#include "base/host.hpp"
#include "parallel/agree.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>

namespace ddpinn {

namespace {

/// For files that are new, on file systems that show them late.
constexpr std::chrono::seconds patience{5};

/// Why this rank can't read it; 0 if it can.
int look(const std::filesystem::path& path) {
  const auto end = std::chrono::steady_clock::now() + patience;
  while (::access(path.c_str(), R_OK) != 0) {
    const int reason = errno;
    if (reason != ENOENT || std::chrono::steady_clock::now() > end) return reason;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return 0;
}

}  // namespace

std::filesystem::path visible_to_all(const Communicator& comm, const std::filesystem::path& path) {
  std::error_code ignored;
  const auto absolute = std::filesystem::absolute(path, ignored);
  const std::filesystem::path meant = broadcast(comm, absolute.string());
  on_root(comm, [&] {  // at once, lest all wait for what is not there
    if (::access(meant.c_str(), R_OK) != 0)
      throw Error(Status::input_output,
                  fmt::format("{}: it can't be read ({}); check its name and permissions", path.string(),
                              std::strerror(errno)));
  });
  collectively(comm, [&] {
    if (const int reason = look(meant))
      throw Error(
          Status::input_output,
          fmt::format("{}: rank {} on {} can't read it ({}; rank 0 can); use a directory that is the same on "
                      "all machines",
                      meant.string(), comm.rank(), host_name(), std::strerror(reason)));
  });
  return meant;
}

}  // namespace ddpinn
