// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "run/time_part.hpp"
#include "solver/monitor.hpp"
#include "solver/nonlinear/start.hpp"

namespace ddpinn {

/// How the windowed solve of a time slab begins, where it is nonlinear: with the solution on the grid of
/// [coarse], or what the slab before has ended with; and of which scales it chooses, where the case leaves
/// that open: between slabs the scale changes little.
/// @param before null for the first @note Collective.
Start start_of(const Options&, const TimePart& part, const TimePart* before, const Monitor&);

}  // namespace ddpinn
