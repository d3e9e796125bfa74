// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "base/timers.hpp"
#include "parallel/communicator.hpp"

#include <ddpinn/result.hpp>

#include <string>
#include <vector>

namespace ddpinn {

/// Each phase's exclusive seconds over the ranks, so that the means add up to the time that was measured.
/// Phases in the order of rank 0, then those that only other ranks have; a rank that lacks a phase counts as
/// 0. @note Collective.
std::vector<Phase> reduce_phases(const Communicator& comm, const Timers& timers);

/// Of one phase, without the phases inside it.
struct PhaseEffort {
  double cpu = 0;  ///< processor seconds, mean over the ranks: less than on the clock where cores are shared
  Traffic sent = {};  ///< by the rank that sends most
};

/// Of these phases. @note Collective.
std::vector<PhaseEffort> reduce_efforts(const Communicator& comm, const Timers& timers,
                                        const std::vector<Phase>& phases);

/// Those of a phase on this rank; 0 where it has none.
double exclusive_seconds(const Timers&, const std::string& name);

}  // namespace ddpinn
