// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "base/signals.hpp"

#include <signal.h>

#include <csignal>
#include <initializer_list>

namespace ddpinn {
namespace {

volatile std::sig_atomic_t checkpoint_wanted = 0;
volatile std::sig_atomic_t stop_wanted = 0;
volatile std::sig_atomic_t interrupted = 0;

extern "C" void take_note(int signal) {
  if (signal == SIGUSR1) {
    checkpoint_wanted = 1;
    return;
  }
  if (signal == SIGINT) {
    if (interrupted != 0) {
      std::signal(SIGINT, SIG_DFL);
      raise(SIGINT);  // acts when this handler returns: mpirun then sees a process that a signal has ended
    }
    interrupted = 1;
  }
  stop_wanted = 1;
}

}  // namespace

void install_signal_handlers() {
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
