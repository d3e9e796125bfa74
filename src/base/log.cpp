// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "base/log.hpp"

#include "base/text.hpp"

#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <memory>
#include <utility>

namespace ddpinn::log {
namespace {

bool voiced = true;
Level shown = Level::info;

std::unique_ptr<spdlog::logger> make_logger(spdlog::sink_ptr sink, const char* pattern) {
  auto logger = std::make_unique<spdlog::logger>("ddpinn", std::move(sink));
  logger->set_pattern(pattern);
  logger->set_level(spdlog::level::trace);
  logger->flush_on(spdlog::level::trace);  // mpirun may end a process at any time
  return logger;
}

spdlog::logger& to_output() {
  static const auto logger = make_logger(std::make_shared<spdlog::sinks::stdout_sink_st>(), "%v");
  return *logger;
}

spdlog::logger& to_error() {
  static const auto logger = make_logger(std::make_shared<spdlog::sinks::stderr_sink_st>(), "%l: %v");
  return *logger;
}

}  // namespace

void set_level(Level level) { shown = level; }

Level level() { return shown; }

Voice::Voice(bool speaks) : before_(std::exchange(voiced, speaks)) {}

Voice::~Voice() { voiced = before_; }

bool enabled(Level level) { return voiced && level <= shown; }

void write(Level level, std::string_view text) {
  const auto message = printable(text);
  switch (level) {
    case Level::quiet:
      return;
    case Level::error:
      return to_error().error(message);
    case Level::warning:
      return to_error().warn(message);
    case Level::info:
      return to_output().info(message);
    case Level::debug:
      return to_output().debug(message);
  }
}

}  // namespace ddpinn::log
