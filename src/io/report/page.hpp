// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>
#include <vector>

namespace ddpinn {

/// One HTML page about a run, complete in itself: verdict and error estimates, quantities, convergence,
/// pictures, where the time went, warnings, and the case. Of a run that has not ended it tells what is there.
/// @param run directory with the run's files @throws Error (Status::input_output)
void write_report(const std::filesystem::path& run, const std::filesystem::path& page);

/// One page that sets runs side by side.
void write_comparison(const std::vector<std::filesystem::path>& runs, const std::filesystem::path& page);

}  // namespace ddpinn
