// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "base/timers.hpp"

#include <ddpinn/result.hpp>

#include <functional>
#include <string>

namespace ddpinn {

/// What a solver tells of its progress while it runs.
struct Monitor {
  Timers* timers = nullptr;                           ///< where its phases are timed
  std::function<void(const std::string&)> phase;      ///< a phase begins
  std::function<void(const Iteration&)> iteration;    ///< an iteration has ended
  std::function<bool()> stop = [] { return false; };  ///< whether to stop now; the same answer on every rank
};

/// Starts a phase: times it until the end of the scope and announces it.
inline Timers::Scope start_phase(const Monitor& monitor, const std::string& name) {
  if (monitor.phase) monitor.phase(name);
  return monitor.timers->scope(name);
}

}  // namespace ddpinn
