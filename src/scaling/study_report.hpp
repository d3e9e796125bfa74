// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "scaling/model.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace ddpinn {

struct StudyReport {
  std::filesystem::path directory;
  ScalingClock clock = ScalingClock::wall;
  std::optional<NetworkSpeed> network = {};  ///< of predictions; empty: as measured
  std::string network_name = {};
  double up_to = 1e5;  ///< ranks
  bool pictures = true;
};

/// Collects the runs of a study, and writes into its directory: scaling.md (all tables), scaling.csv (a row
/// per run), model.csv, scaling.jsonl (for Extra-P), scaling.png and model.png.
/// @returns scaling.md's text, and after it what should be known about the runs
/// @throws Error (Status::input_output) where there are no runs
std::vector<std::string> report_study(const StudyReport&);

}  // namespace ddpinn
