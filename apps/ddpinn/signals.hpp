// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <signal.h>

#include <array>

namespace ddpinn::program {

/// While it lives, SIGINT, SIGTERM and SIGUSR2 only take note; a second SIGINT ends the process at once.
/// Afterwards they do what they did before.
class SignalHandlers {
 public:
  SignalHandlers();
  ~SignalHandlers();
  SignalHandlers(const SignalHandlers&) = delete;
  SignalHandlers& operator=(const SignalHandlers&) = delete;

 private:
  static constexpr std::array signals_{SIGINT, SIGTERM, SIGUSR2};
  std::array<struct sigaction, signals_.size()> before_;
};

/// Whether a signal has asked to stop; never forgotten. A signal may reach one rank only.
bool stop_wanted();

}  // namespace ddpinn::program
