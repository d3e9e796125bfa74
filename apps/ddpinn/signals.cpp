// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "ddpinn/signals.hpp"

#include "base/log.hpp"

#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <string_view>

namespace ddpinn::program {
namespace {

volatile std::sig_atomic_t stop = 0;
volatile std::sig_atomic_t checkpoint = 0;
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
    checkpoint = 1;
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
  stop = 1;
}

}  // namespace

SignalHandlers::SignalHandlers() {
  speaks = log::enabled(log::Level::warning) ? 1 : 0;
  struct sigaction action = {};
  action.sa_handler = take_note;
  action.sa_flags = SA_RESTART;  // reads and writes under way go on
  sigemptyset(&action.sa_mask);
  for (std::size_t i = 0; i < signals_.size(); ++i) {
    if (signals_[i] == SIGPIPE) action.sa_handler = SIG_IGN;
    sigaction(signals_[i], &action, &before_[i]);
    action.sa_handler = take_note;
  }
}

SignalHandlers::~SignalHandlers() {
  for (std::size_t i = 0; i < signals_.size(); ++i) sigaction(signals_[i], &before_[i], nullptr);
}

bool stop_wanted() { return stop != 0; }

bool checkpoint_wanted() {
  const bool wanted = checkpoint != 0;
  if (wanted) checkpoint = 0;
  return wanted;
}

}  // namespace ddpinn::program
