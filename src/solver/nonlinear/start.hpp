// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "solver/nonlinear/feature_scale.hpp"
#include "solver/solution.hpp"

#include <optional>

namespace ddpinn {

/// How a nonlinear solve begins.
struct Start {
  std::optional<Solution> fields = {};  ///< empty: all networks zero
  /// Of which the scale of the random features is chosen anew, about the solution, once that is near; empty:
  /// it stays. Where it changes, all features are drawn anew and fitted to the fields so far.
  std::optional<ScaleRange> choose_scale = {};
};

}  // namespace ddpinn
