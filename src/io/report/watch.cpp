// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/report/watch.hpp"

#include "io/disk.hpp"
#include "io/report/progress.hpp"
#include "io/report/run_files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace ddpinn {

namespace {

namespace fs = std::filesystem;

/// Whether a process, on this machine or where locks reach further, has the directory.
bool is_held(const fs::path& directory) {
  const auto path = directory / "run.lock";
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
  return file.get() >= 0 && ::flock(file.get(), LOCK_SH | LOCK_NB) != 0;
}

/// The decades of the values, from the left to the right; a column shows the last of its values.
std::string drawing(const std::vector<HistoryLine>& history, int width) {
  constexpr int height = 10, labels = 8;
  std::vector<double> decades;
  for (const auto& line : history)
    if (std::isfinite(line.residual) && line.residual > 0) decades.push_back(std::log10(line.residual));
  const int columns = std::min(width - labels, static_cast<int>(decades.size()));
  if (columns < 2) return {};
  const auto [lowest, highest] = std::ranges::minmax(decades);
  const double unit = std::max(highest - lowest, 1e-3) / (height - 1);
  std::vector<std::string> rows(height, std::string(columns, ' '));
  for (int c = 0; c < columns; ++c) {
    const auto at = (c + 1) * decades.size() / columns - 1;
    rows[std::lround((highest - decades[at]) / unit)][c] = '*';
  }
  std::string text;
  for (int r = 0; r < height; ++r)
    text += fmt::format("{:>7.0e} {}\n", std::pow(10, highest - r * unit), rows[r]);
  return text;
}

std::string iterations(const std::vector<HistoryLine>& history) {
  if (history.empty()) return {};
  const auto& last = history.back();
  return fmt::format("step {}, iteration {}: residual {:.3e}\n", last.nonlinear, last.krylov, last.residual);
}

}  // namespace

RunState state_of_run(const fs::path& directory, int width) {
  const auto summary = read_summary(directory);
  const auto history = read_history(directory);
  RunState state;
  state.text = run_name(directory, summary) + "\n";
  if (summary.contains("seconds")) {
    state.converged = summary.value("converged", false);
    state.text += fmt::format("{} after {}: {}\n", state.converged ? "converged" : "NOT CONVERGED",
                              duration_text(summary["seconds"].get<double>()),
                              summary.value("stop_reason", std::string()));
  } else if (state.goes_on = is_held(directory); state.goes_on) {
    const auto progress = read_progress(directory);
    state.text += progress ? fmt::format("{}, since {}\n", progress->phase, duration_text(progress->seconds))
                           : std::string("it has begun\n");
  } else {
    state.text += "no process is at work on it here: it was killed, has failed, or runs on another machine\n";
  }
  state.text += iterations(history) + drawing(history, width);
  return state;
}

}  // namespace ddpinn
