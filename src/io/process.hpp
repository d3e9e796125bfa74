// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace ddpinn {

/// Runs a program, found on the PATH, in a folder of its own, and waits for it.
/// @param log file that gets its standard output and error @param limit seconds after which it is killed
/// @param largest_file bytes that it may write to one file, its log included
/// @returns why it failed, if it did; never throws for what the program does
std::optional<std::string> run_process(const std::vector<std::string>& arguments,
                                       const std::filesystem::path& folder, const std::filesystem::path& log,
                                       double limit, std::uint64_t largest_file = std::uint64_t{64} << 20);

}  // namespace ddpinn
