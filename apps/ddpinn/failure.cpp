// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "ddpinn/failure.hpp"

#include "base/text.hpp"
#include "io/fields/hdf5.hpp"
#include "parallel/agree.hpp"
#include "parallel/processes.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <thread>

namespace ddpinn::program {
namespace {

void print(const char* message) {
  std::fflush(stdout);
  std::fprintf(stderr, "error: %s\n", printable(message).c_str());
  std::fflush(stderr);
}

/// An error that all ranks meet shall be printed once: rank 0 speaks at once, and the others find themselves
/// ended while they wait for it. On a busy machine mpirun takes more than half a second to end them.
void wait_for_lower_ranks() {
  using namespace std::chrono_literals;
  const int rank = std::min(world_rank(), 10);
  if (rank > 0) std::this_thread::sleep_for(2s + rank * 200ms);
}

[[noreturn]] void end_all_ranks() {
  wait_for_lower_ranks();
  int status = static_cast<int>(Status::numerical);
  if (std::current_exception()) {
    try {
      throw;
    } catch (...) {
      status = report_failure();
    }
  } else {
    print(
        "ddpinn ended itself (an exception where none may be); this is an error in ddpinn, please report it");
  }
  abort_all_ranks(status);
}

}  // namespace

int report_failure() {
  const auto error = as_error(std::current_exception());
  print(error.what());
  return static_cast<int>(error.status());
}

int end_with_failure() {
  const int status = report_failure();
  if (!hdf5_left_open()) return status;
  std::fflush(stdout);
  std::_Exit(status);
}

void end_all_ranks_on_failure() { std::set_terminate(end_all_ranks); }

}  // namespace ddpinn::program
