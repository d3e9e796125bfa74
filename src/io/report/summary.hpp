// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "parallel/phases.hpp"

#include <ddpinn/options.hpp>
#include <ddpinn/result.hpp>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace ddpinn {

/// What one rank has taken.
struct RankUse {
  int rank = 0;
  double memory = 0;                 ///< the most, in bytes
  std::vector<double> seconds = {};  ///< by the phases of the result
};

/// What to remember about a run besides its result, so that it can be repeated.
struct RunRecord {
  std::string title;
  std::string case_file;                        ///< its path as given
  Options options;                              ///< as used, defaults filled in
  std::map<std::string, std::string> versions;  ///< of ddpinn and the libraries, by name
  std::string host;
  int threads = 1;                         ///< per rank
  std::vector<std::string> warnings = {};  ///< all that were told
  std::vector<PhaseEffort> efforts = {};   ///< of the result's phases
  double total_memory = 0;                 ///< bytes, the sum of all ranks' peaks
  std::vector<RankUse> ranks = {};         ///< of many ranks some, evenly chosen
};

/// The lines for scripts: "result: field=u l2_relative=..." for each field, and "result: iterations=..." for
/// the run.
std::vector<std::string> result_lines(const Result&);

/// Everything about a run as JSON; numbers that are not finite are null.
std::string summary_text(const Result&, const RunRecord&);

/// Writes DIRECTORY/summary.json. One rank calls it. @throws Error (Status::input_output)
void write_summary(const std::filesystem::path& directory, const Result&, const RunRecord&);

}  // namespace ddpinn
