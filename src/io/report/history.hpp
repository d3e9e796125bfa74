// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <ddpinn/result.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace ddpinn {

/// The history as CSV, one line per iteration: nonlinear,krylov,residual,objective,seconds; unknown numbers
/// are "nan".
std::string history_text(const std::vector<Iteration>&);

/// Writes DIRECTORY/history.csv. One rank calls it. @throws Error (Status::input_output)
void write_history(const std::filesystem::path& directory, const std::vector<Iteration>&);

}  // namespace ddpinn
