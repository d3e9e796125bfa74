// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "base/signals.hpp"

#include "base/log.hpp"

#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <initializer_list>
#include <string_view>

namespace ddpinn {
namespace {

volatile std::sig_atomic_t checkpoint_wanted = 0;
volatile std::sig_atomic_t stop_wanted = 0;
volatile std::sig_atomic_t interrupted = 0;
volatile std::sig_atomic_t speaks = 0;  // noted beforehand, since a handler can't ask the log

/// Tells the user that Ctrl-C has arrived. Only what a signal handler may do: no stream, no log.
void tell_interruption() {
  if (speaks == 0) return;
  // The terminal has just written ^C into the line of the progress.
  constexpr std::string_view message =
      "\nstopping at the next iteration; press Ctrl-C again to end at once\n";
  const int before = errno;
  [[maybe_unused]] const auto written = write(STDERR_FILENO, message.data(), message.size());
  errno = before;
}

extern "C" void take_note(int signal) {
  if (signal == SIGUSR1) {
    checkpoint_wanted = 1;
    return;
  }
  if (signal == SIGINT) {
    if (interrupted != 0) {
      std::signal(SIGINT, SIG_DFL);
      raise(SIGINT);  // acts when this handler returns: mpirun then sees a process that a signal has ended
      return;
    }
    interrupted = 1;
    tell_interruption();
  }
  stop_wanted = 1;
}

}  // namespace

void install_signal_handlers() {
  speaks = log::enabled(log::Level::warning) ? 1 : 0;
  struct sigaction action = {};
  action.sa_handler = take_note;
  action.sa_flags = SA_RESTART;  // reads and writes under way go on
  sigemptyset(&action.sa_mask);
  for (const int signal : {SIGINT, SIGTERM, SIGUSR1, SIGUSR2}) sigaction(signal, &action, nullptr);
}

SignalRequests signal_requests() {
  const SignalRequests requests{checkpoint_wanted != 0, stop_wanted != 0};
  if (requests.checkpoint) checkpoint_wanted = 0;
  return requests;
}

}  // namespace ddpinn
