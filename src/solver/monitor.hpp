// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "base/timers.hpp"

#include <ddpinn/monitor.hpp>

#include <string>

namespace ddpinn {

/// Starts a phase: times it until the end of the scope and announces it.
inline Timers::Scope start_phase(const Monitor& monitor, const std::string& name) {
  if (monitor.phase) monitor.phase(name);
  return monitor.timers->scope(name);
}

}  // namespace ddpinn
