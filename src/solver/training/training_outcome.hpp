// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>

namespace ddpinn {

/// How the training by one method ended.
struct TrainingOutcome {
  bool converged = false;  ///< or all of its steps were taken: a training has no other natural end
  std::string stop_reason = {};
  int iterations = 0;
  int krylov_iterations = 0;
  long long bytes_received = 0;  ///< parameters and gradients from other ranks, where the method counts them
};

}  // namespace ddpinn
