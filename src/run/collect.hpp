// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "run/identification_run.hpp"
#include "run/time_part.hpp"
#include "solver/solution.hpp"

#include <ddpinn/result.hpp>

#include <vector>

namespace ddpinn {

/// Adds the solution of a part in time to the result of a run. @param slab its number of all `slabs`
void collect(Result&, const Solution&, const TimePart&, int slab, int slabs);

/// Adds what was fitted to solutions, after the parts of the last of them.
void collect(Result&, const IdentificationRun&, const Problem&);

/// What all parts together are: not converged where slabs are left, or one has not converged.
/// @param last of the `solved` first slabs
void collect_end(Result&, const TimeSlab& last, int solved, int slabs);

}  // namespace ddpinn
