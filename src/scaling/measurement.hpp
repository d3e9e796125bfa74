// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "scaling/machine.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace ddpinn {

/// One phase of one run: the mean over its ranks, and what the rank sent that sent most.
struct PhaseMeasure {
  std::string name;
  double seconds = 0;
  double cpu = 0;
  double messages = 0;
  double bytes = 0;
  double reductions = 0;
};

/// One run, from its summary.json, and machine.json beside its directory.
struct Measurement {
  int ranks = 1;
  int threads = 1;
  bool converged = false;
  double seconds = 0;
  double iterations = 0;
  double unknowns = 0;
  double subdomains = 0;
  double error = 0;         ///< largest relative L2 error of a field; NaN where it is not known
  double peak_memory = 0;   ///< bytes of the rank with the most
  double total_memory = 0;  ///< bytes of all ranks
  std::vector<PhaseMeasure> phases;
  std::optional<Machine> machine;

  double core_hours() const { return seconds * ranks * threads / 3600; }
  double messages() const;
  double bytes() const;
  double reductions() const;
  double cpu() const;  ///< seconds of processors, mean over the ranks
  /// A phase by name; zeros where there is none.
  PhaseMeasure phase(const std::string& name) const;
};

/// Median, least and greatest of a figure over the runs that repeat each other.
struct Spread {
  double median = 0, least = 0, greatest = 0;
};

/// All runs on one number of ranks.
struct ScalingPoint {
  int ranks = 1;
  std::vector<Measurement> runs;

  Spread spread(const std::function<double(const Measurement&)>& figure) const;
  double median(const std::function<double(const Measurement&)>& figure) const {
    return spread(figure).median;
  }
};

/// Everything that a study has found.
struct ScalingResults {
  std::string name;  ///< of the case
  bool weak = false;
  int dimension = 3;                     ///< directions in which subdomains stand side by side
  std::vector<ScalingPoint> points;      ///< ascending in ranks
  std::vector<std::string> phase_names;  ///< in the order of the first run
  std::vector<std::string> unreadable;   ///< runs that left no summary
};

/// Reads all runs below a directory, whoever started them (ddpinn, JUBE, a batch system, a user).
/// @throws Error (Status::input_output) where there are none
ScalingResults collect_runs(const std::filesystem::path& directory);

}  // namespace ddpinn
