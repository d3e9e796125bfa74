// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "scaling/model.hpp"

#include <string>
#include <vector>

namespace ddpinn {

/// A table of texts; the first row is its head.
using TextTable = std::vector<std::vector<std::string>>;

std::string as_csv(const TextTable&);
std::string as_markdown(const TextTable&);

/// One row per number of ranks: time with spread, efficiency, iterations, messages, memory, core-hours.
TextTable points_table(const ScalingResults&);
/// The same for programs: full numbers, one row per run.
TextTable runs_table(const ScalingResults&);
/// Seconds by phase and ranks: median, least and greatest.
TextTable phases_table(const ScalingResults&);
/// What the rank that sends most sends in a phase, by ranks.
TextTable traffic_table(const ScalingResults&);
/// Measured and predicted seconds of the measured points.
TextTable model_table(const ScalingResults&, const ScalingModel&);
/// Predictions by ranks, in powers of two from the first measured point.
TextTable prediction_table(const ScalingResults&, const ScalingModel&, double up_to);

/// Parallel efficiency against the first point, which takes `first` seconds. Strong: T0 P0 / (T P); weak: T0
/// / T.
double efficiency(const ScalingResults&, double first, double seconds, double ranks);

/// One line per run, phase and metric, as Extra-P reads them (format "jsonl").
std::string extra_p_lines(const ScalingResults&);

/// Largest relative error of the model at measured points.
double largest_model_error(const ScalingResults&, const ScalingModel&);

/// The numbers of ranks of predictions.
std::vector<double> predicted_ranks(const ScalingResults&, double up_to);

}  // namespace ddpinn
