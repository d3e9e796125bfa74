// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <signal.h>

#include <array>

namespace ddpinn::program {

/// While it lives, signals only take note: SIGUSR1 asks for a checkpoint; SIGINT, SIGTERM, SIGHUP and SIGUSR2
/// ask to stop, and a second SIGINT ends the process at once. SIGPIPE does nothing, for a run needs nobody
/// who reads what it prints. Afterwards they do what they did before.
class SignalHandlers {
 public:
  SignalHandlers();
  ~SignalHandlers();
  SignalHandlers(const SignalHandlers&) = delete;
  SignalHandlers& operator=(const SignalHandlers&) = delete;

 private:
  static constexpr std::array signals_{SIGINT, SIGTERM, SIGHUP, SIGUSR1, SIGUSR2, SIGPIPE};
  std::array<struct sigaction, signals_.size()> before_;
};

/// Whether a signal has asked to stop; never forgotten. A signal may reach one rank only.
bool stop_wanted();

/// Whether SIGUSR1 has asked for a checkpoint since the last call.
bool checkpoint_wanted();

}  // namespace ddpinn::program
