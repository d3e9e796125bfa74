// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "base/timers.hpp"

#include <algorithm>

namespace ddpinn {
namespace {

double seconds(std::chrono::steady_clock::duration duration) {
  return std::chrono::duration<double>(duration).count();
}

}  // namespace

double Timers::elapsed() const { return seconds(Clock::now() - begin_); }

void Timers::start(std::string_view name) {
  const auto found =
      std::find_if(entries_.begin(), entries_.end(), [&](const Entry& e) { return e.name == name; });
  const std::size_t index = found - entries_.begin();
  if (found == entries_.end()) entries_.push_back({std::string(name), 0, 0, 0});
  stack_.push_back({index, Clock::now(), 0});
}

void Timers::stop() noexcept {
  const Running ended = stack_.back();
  stack_.pop_back();
  const double duration = seconds(Clock::now() - ended.start);
  Entry& entry = entries_[ended.entry];
  entry.exclusive += duration - ended.inside;
  if (!running(ended.entry)) entry.inclusive += duration;
  ++entry.calls;
  if (!stack_.empty()) stack_.back().inside += duration;
}

bool Timers::running(std::size_t entry) const noexcept {
  return std::any_of(stack_.begin(), stack_.end(), [&](const Running& r) { return r.entry == entry; });
}

}  // namespace ddpinn
