// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/report/progress.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <iostream>
#include <utility>

namespace ddpinn {
namespace {

double monotonic_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

int terminal_width() {
  winsize size{};
  return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

std::string bar(double fraction) {
  constexpr int cells = 20;
  const int full = std::lround(fraction * cells);
  return fmt::format("[{:.<{}}]", std::string(full, '#'), cells);
}

/// How far the residual is on its way to the tolerance; negative where that can't be said.
double way_to_tolerance(double first, double now, double tolerance) {
  if (!(first > tolerance && tolerance > 0 && now > 0)) return -1;
  return std::clamp(std::log10(first / now) / std::log10(first / tolerance), 0.0, 1.0);
}

}  // namespace

std::string duration_text(double seconds) {
  if (seconds < 9.95) return fmt::format("{:.1f} s", seconds);
  const auto s = std::llround(seconds);
  if (s < 60) return fmt::format("{} s", s);
  if (s < 3600) return fmt::format("{} min {:02} s", s / 60, s % 60);
  return fmt::format("{} h {:02} min", s / 3600, s / 60 % 60);
}

ProgressSettings standard_progress(int rank, bool quiet) {
  ProgressSettings settings;
  if (rank != 0 || quiet) return settings;
  settings.stream = &std::cerr;
  settings.terminal = ::isatty(STDERR_FILENO) == 1;
  settings.width = terminal_width();
  settings.interval = settings.terminal ? 0.1 : 5.0;
  settings.clock = monotonic_seconds;
  return settings;
}

Progress::Progress(ProgressSettings settings) : settings_(std::move(settings)) {
  if (settings_.stream == nullptr) return;
  if (!settings_.clock) settings_.clock = monotonic_seconds;
  run_start_ = settings_.clock();
}

Progress::~Progress() {
  try {
    end();
  } catch (const std::exception&) {
    // A stream that can't be written to any more is no reason to end the program.
    settings_.stream = nullptr;
  }
}

void Progress::begin(const std::string& phase, long long steps) {
  if (settings_.stream == nullptr) return;
  end();
  phase_ = phase;
  steps_ = steps;
  done_ = 0;
  iteration_ = -1;
  fraction_ = -1;
  phase_start_ = last_shown_ = settings_.clock();
  if (settings_.terminal) show();
}

void Progress::step(long long done) {
  if (settings_.stream == nullptr) return;
  done_ = done;
  if (steps_ > 0) fraction_ = std::clamp(static_cast<double>(done) / static_cast<double>(steps_), 0.0, 1.0);
  if (due()) show();
}

void Progress::iterate(int iteration, double residual, double tolerance) {
  if (settings_.stream == nullptr) return;
  if (iteration_ < 0 || iteration < iteration_) first_residual_ = residual;
  iteration_ = iteration;
  residual_ = residual;
  fraction_ = way_to_tolerance(first_residual_, residual, tolerance);
  if (due()) show();
}

void Progress::end() {
  if (settings_.stream == nullptr || phase_.empty()) return;
  const auto time = duration_text(settings_.clock() - phase_start_);
  const auto found =
      iteration_ < 0 ? "" : fmt::format(", {} iterations, residual {:.2e}", iteration_, residual_);
  const auto line = fmt::format("{:<18} {:>12}{}", phase_, time, found);
  if (settings_.terminal) {
    *settings_.stream << '\r' << line << "\033[K\n" << std::flush;
  } else {
    say(line);
  }
  phase_.clear();
}

bool Progress::due() { return !phase_.empty() && settings_.clock() - last_shown_ >= settings_.interval; }

void Progress::show() {
  last_shown_ = settings_.clock();
  if (settings_.terminal) {
    *settings_.stream << '\r' << on_terminal() << "\033[K" << std::flush;
  } else {
    say(fmt::format("{}: {}", phase_, state()));
  }
}

/// What is known about the phase now, and how long it has taken and will take.
std::string Progress::state() const {
  std::string text;
  if (iteration_ >= 0) text += fmt::format("iteration {}, residual {:.2e}, ", iteration_, residual_);
  if (steps_ > 0) text += fmt::format("{} of {}, ", done_, steps_);
  const double elapsed = settings_.clock() - phase_start_;
  text += duration_text(elapsed);
  if (fraction_ > 0 && fraction_ < 1)
    text += fmt::format(", {} left", duration_text(elapsed * (1 - fraction_) / fraction_));
  return text;
}

std::string Progress::on_terminal() const {
  const auto meter = fraction_ >= 0 ? bar(fraction_) + " " : std::string();
  auto line = fmt::format("{:<18} {}{}", phase_, meter, state());
  // A line longer than the terminal would wrap, and the next one would be written below it.
  if (line.size() >= static_cast<std::size_t>(settings_.width)) line.resize(settings_.width - 1);
  return line;
}

void Progress::say(const std::string& line) {
  *settings_.stream << fmt::format("[{:>9}] {}\n", duration_text(settings_.clock() - run_start_), line)
                    << std::flush;
}

}  // namespace ddpinn
