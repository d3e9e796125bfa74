// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

namespace ddpinn {

/// What signals ask of a run. A run looks at it between iterations, and reduces it over the ranks first: a
/// signal may reach one rank only.
struct SignalRequests {
  bool checkpoint = false;  ///< SIGUSR1: write a checkpoint and go on
  bool stop = false;        ///< SIGUSR2, SIGTERM, SIGINT: write a checkpoint and stop
};

/// From now on SIGINT, SIGTERM, SIGUSR1 and SIGUSR2 only take note; a second SIGINT ends the process at once.
void install_signal_handlers();

/// What has been asked for. A wish for a checkpoint is forgotten once it has been told, a wish to stop never.
SignalRequests signal_requests();

}  // namespace ddpinn
