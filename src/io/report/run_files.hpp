// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <nlohmann/json.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace ddpinn {

/// What a run leaves in its directory, or has left so far, as it is read again.

/// @throws Error (Status::input_output) where there is none
nlohmann::ordered_json read_summary(const std::filesystem::path& directory);

/// The title, or else the name of the directory.
std::string run_name(const std::filesystem::path& directory, const nlohmann::ordered_json& summary);

struct HistoryLine {
  int nonlinear = 0, krylov = 0;
  double residual = 0;
};
/// The whole lines of `history.csv`; none where it is not there.
std::vector<HistoryLine> read_history(const std::filesystem::path& directory);

/// The work under way (live.hpp).
struct RunProgress {
  std::string phase;
  double seconds = 0;
};
std::optional<RunProgress> read_progress(const std::filesystem::path& directory);

/// Empty where there is none.
std::string file_text(const std::filesystem::path& path);

}  // namespace ddpinn
