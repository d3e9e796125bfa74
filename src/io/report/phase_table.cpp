// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/report/phase_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace ddpinn {
namespace {

std::string share(double part, double whole) {
  return whole > 0 ? fmt::format("{:.1f} %", 100 * part / whole) : std::string("-");
}

}  // namespace

std::string phase_table(const std::vector<Phase>& phases, double seconds) {
  if (phases.empty()) return {};
  std::size_t width = 5;
  for (const auto& phase : phases) width = std::max(width, phase.name.size());
  std::string text = fmt::format("{:<{}}  {:>9}  {:>9}  {:>9}  {:>7}\n", "phase", width, "min [s]",
                                 "mean [s]", "max [s]", "share");
  for (const auto& phase : phases) {
    fmt::format_to(std::back_inserter(text), "{:<{}}  {:>9.3f}  {:>9.3f}  {:>9.3f}  {:>7}\n", phase.name,
                   width, phase.min, phase.mean, phase.max, share(phase.mean, seconds));
  }
  fmt::format_to(std::back_inserter(text), "{:<{}}  {:>9}  {:>9.3f}  {:>9}  {:>7}\n", "run", width, "",
                 seconds, "", share(seconds, seconds));
  return text;
}

}  // namespace ddpinn
