// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <ddpinn/result.hpp>

#include <functional>
#include <string>

namespace ddpinn {

class Journal;
class Timers;

/// What is told while something is computed, and how it is stopped. Everything may be left out.
struct Monitor {
  Timers* timers = nullptr;                              ///< the library's own: where phases are timed
  Journal* journal = nullptr;                            ///< the same: where states are kept
  std::function<void(const std::string&)> phase = {};    ///< a phase begins: "set-up", "points", ...
  std::function<void(const Iteration&)> iteration = {};  ///< an iteration has ended
  /// Asked between iterations: whether to stop, and return what was reached so far. Every rank asks; one
  /// rank's word is enough.
  std::function<bool()> stop = [] { return false; };
  std::function<void(const std::string&)> message = {};  ///< a line on what goes on, on rank 0
};

}  // namespace ddpinn
