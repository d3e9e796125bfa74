// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "space/field.hpp"

namespace ddpinn {

/// A solution with the correction of its error estimate. The estimated error at a point is `factor` times
/// the solution without it minus that with it.
struct CorrectedField {
  Field field;  ///< complete, in a richer space on the same decomposition
  double factor = 1;
};

}  // namespace ddpinn
