// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "io/disk.hpp"

#include <ddpinn/result.hpp>

#include <chrono>
#include <filesystem>
#include <string>

namespace ddpinn {

/// What a run shows of itself while it goes on, in its directory: the iterations so far in `history.csv`, the
/// work under way in `progress.json`. Both a few seconds old; what can't be written is left out.
class LiveState {
 public:
  /// @param interval seconds between two states of the files
  explicit LiveState(std::filesystem::path directory, double interval = 5);
  LiveState(const LiveState&) = delete;
  LiveState& operator=(const LiveState&) = delete;
  ~LiveState();

  void begin(const std::string& phase);
  void iterate(const Iteration&);

 private:
  using Clock = std::chrono::steady_clock;
  void show();

  std::filesystem::path directory_;
  std::chrono::duration<double> interval_;
  Descriptor history_;
  std::string lines_;  ///< of the history that are not in the file yet
  std::string phase_;
  Clock::time_point begin_ = Clock::now(), last_ = begin_;
};

}  // namespace ddpinn
