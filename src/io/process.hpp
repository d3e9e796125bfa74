// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace ddpinn {

/// Runs a program, found on the PATH, in a folder of its own, and waits for it.
/// @param log file that gets its standard output and error @param limit seconds after which it is killed
/// @returns why it failed, if it did; never throws for what the program does
std::optional<std::string> run_process(const std::vector<std::string>& arguments,
                                       const std::filesystem::path& folder, const std::filesystem::path& log,
                                       double limit);

}  // namespace ddpinn
