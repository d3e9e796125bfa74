// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "base/timers.hpp"

#include <time.h>

#include <algorithm>

namespace ddpinn {
namespace {

double seconds(std::chrono::steady_clock::duration duration) {
  return std::chrono::duration<double>(duration).count();
}

double processor_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

}  // namespace

double Timers::elapsed() const { return seconds(Clock::now() - begin_); }

void Timers::start(std::string_view name) {
  const auto found =
      std::find_if(entries_.begin(), entries_.end(), [&](const Entry& e) { return e.name == name; });
  const std::size_t index = found - entries_.begin();
  if (found == entries_.end()) entries_.push_back({.name = std::string(name)});
  stack_.push_back({.entry = index, .start = Clock::now(), .cpu = processor_seconds(), .sent = traffic()});
}

void Timers::stop() noexcept {
  const Running ended = stack_.back();
  stack_.pop_back();
  const double duration = seconds(Clock::now() - ended.start);
  const double cpu = processor_seconds() - ended.cpu;
  const auto sent = traffic() - ended.sent;
  Entry& entry = entries_[ended.entry];
  entry.exclusive += duration - ended.inside;
  entry.cpu += cpu - ended.cpu_inside;
  entry.sent += sent - ended.sent_inside;
  if (!running(ended.entry)) entry.inclusive += duration;
  ++entry.calls;
  if (stack_.empty()) return;
  stack_.back().inside += duration;
  stack_.back().cpu_inside += cpu;
  stack_.back().sent_inside += sent;
}

bool Timers::running(std::size_t entry) const noexcept {
  return std::any_of(stack_.begin(), stack_.end(), [&](const Running& r) { return r.entry == entry; });
}

}  // namespace ddpinn
