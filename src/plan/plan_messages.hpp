// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "plan/plan_counts.hpp"

namespace ddpinn {

/// What one rank sends in one Krylov iteration.
struct MessagePlan {
  int neighbours = 0;  ///< ranks that it exchanges ghosts with
  double messages = 0;
  double bytes = 0;
  int reductions = 0;     ///< sums over all ranks
  int coarse_solves = 0;  ///< each a distributed triangular solve of its own
  int factor_solves = 0;  ///< the same with the factor of the whole normal matrix
};

/// By rank. An exchange of ghosts goes there (unknowns to those who need them) and back (contributions to the
/// owner).
std::vector<MessagePlan> plan_messages(const CaseFile&, const SpaceLayout&, const PlanCounts&);

}  // namespace ddpinn
