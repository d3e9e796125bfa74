// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <fmt/core.h>

#include <string_view>
#include <utility>

/// Messages to the user: warnings and errors go to standard error, all others to standard output. Only rank 0
/// speaks.
namespace ddpinn::log {

enum class Level { quiet, error, warning, info, debug };

/// What is shown from now on; `info` at the start.
void set_level(Level);
Level level();

/// Whether this process speaks at all, whatever the level, while this lives: of several ranks one does.
class Voice {
 public:
  explicit Voice(bool speaks);
  ~Voice();
  Voice(const Voice&) = delete;
  Voice& operator=(const Voice&) = delete;

 private:
  bool before_;
};

/// Whether a message of this level is shown; for messages that cost something to put together.
bool enabled(Level);
void write(Level, std::string_view message);

template <class... Args>
void error(fmt::format_string<Args...> format, Args&&... args) {
  if (enabled(Level::error)) write(Level::error, fmt::format(format, std::forward<Args>(args)...));
}

template <class... Args>
void warning(fmt::format_string<Args...> format, Args&&... args) {
  if (enabled(Level::warning)) write(Level::warning, fmt::format(format, std::forward<Args>(args)...));
}

template <class... Args>
void info(fmt::format_string<Args...> format, Args&&... args) {
  if (enabled(Level::info)) write(Level::info, fmt::format(format, std::forward<Args>(args)...));
}

template <class... Args>
void debug(fmt::format_string<Args...> format, Args&&... args) {
  if (enabled(Level::debug)) write(Level::debug, fmt::format(format, std::forward<Args>(args)...));
}

}  // namespace ddpinn::log
