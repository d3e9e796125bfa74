// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "solver/nonlinear/feature_scale.hpp"
#include "solver/solution.hpp"

#include <optional>

namespace ddpinn {

class SharedProblem;

/// How a solve begins.
struct Start {
  std::optional<Solution> fields = {};  ///< empty: all networks zero
  /// Of which the scale of the random features is chosen anew, about the solution, once that is near; empty:
  /// it stays. Where it changes, all features are drawn anew and fitted to the fields so far.
  std::optional<ScaleRange> choose_scale = {};
  /// Of affine statements: the linear problem of the slab before, which is replaced where it does not serve;
  /// null: there is none, and none is kept.
  SharedProblem* shared = nullptr;
};

}  // namespace ddpinn
