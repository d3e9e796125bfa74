// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "base/traffic.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ddpinn {

/// Where the time of this process goes, and in which phase it sends what: named phases, which may nest. Not
/// thread-safe.
class Timers {
 public:
  struct Entry {
    std::string name;
    double inclusive =
        0;  ///< seconds, with the phases inside it; counted once where a phase is inside itself
    double exclusive = 0;  ///< seconds, without the phases inside it
    double cpu = 0;        ///< processor seconds of all threads, without the phases inside it
    Traffic sent = {};     ///< without the phases inside it
    long long calls = 0;
  };

  /// Times a phase from its construction to its destruction. Scopes must end in the reverse order of their
  /// start.
  class Scope {
   public:
    Scope(Timers& timers, std::string_view name) : timers_(timers) { timers_.start(name); }
    ~Scope() { timers_.stop(); }
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

   private:
    Timers& timers_;
  };

  [[nodiscard]] Scope scope(std::string_view name) { return {*this, name}; }

  /// The phases in the order in which they first started; those that still run count up to their last end.
  const std::vector<Entry>& entries() const { return entries_; }

  /// Seconds since the construction of this object.
  double elapsed() const;

 private:
  using Clock = std::chrono::steady_clock;
  struct Running {
    std::size_t entry = 0;
    Clock::time_point start;
    double cpu = 0;     ///< at the start
    Traffic sent = {};  ///< before the start
    // Of the phases that ran inside this one:
    double inside = 0;  ///< seconds
    double cpu_inside = 0;
    Traffic sent_inside = {};
  };

  void start(std::string_view name);
  void stop() noexcept;
  bool running(std::size_t entry) const noexcept;

  Clock::time_point begin_ = Clock::now();
  std::vector<Entry> entries_;
  std::vector<Running> stack_;
};

/// A phase that is timed where there are timers.
inline std::optional<Timers::Scope> optional_scope(Timers* timers, std::string_view name) {
  if (!timers) return std::nullopt;
  return std::optional<Timers::Scope>(std::in_place, *timers, name);
}

}  // namespace ddpinn
