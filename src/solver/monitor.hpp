// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "base/timers.hpp"
#include "io/checkpoint/journal.hpp"

#include <ddpinn/monitor.hpp>

#include <string>

namespace ddpinn {

/// Starts a phase: times it until the end of the scope and announces it.
inline Timers::Scope start_phase(const Monitor& monitor, const std::string& name) {
  if (monitor.phase) monitor.phase(name);
  return monitor.timers->scope(name);
}

/// Where states are kept; one that keeps none where the monitor has none.
inline Journal& journal_of(const Monitor& monitor) {
  static Journal none;
  return monitor.journal ? *monitor.journal : none;
}

/// The same monitor for work within work: what it finds is in no journal, for it will be calculated anew.
inline Monitor without_journal(Monitor monitor) {
  monitor.journal = nullptr;
  return monitor;
}

}  // namespace ddpinn
