// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/report/history.hpp"

#include "io/disk.hpp"

#include <fmt/format.h>

#include <iterator>

namespace ddpinn {

std::string history_text(const std::vector<Iteration>& history) {
  std::string text = "nonlinear,krylov,residual,objective,seconds\n";
  for (const auto& it : history) {
    fmt::format_to(std::back_inserter(text), "{},{},{:.9g},{:.9g},{:.6g}\n", it.nonlinear, it.krylov,
                   it.residual, it.objective, it.seconds);
  }
  return text;
}

void write_history(const std::filesystem::path& directory, const std::vector<Iteration>& history) {
  write_text(directory / "history.csv", history_text(history));
}

}  // namespace ddpinn
