// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "parallel/communicator.hpp"

#include <filesystem>
#include <string>

namespace ddpinn {

/// Makes sure that the output can be written before any work is done: creates the folder, and writes
/// `original.toml` (the case file, byte for byte) and `resolved.toml` (the same run with every default filled
/// in) into it.
/// @throws Error (Status::input_output) on every rank @note Collective.
void prepare_directory(const Communicator&, const std::filesystem::path& directory,
                       const std::string& original, const std::string& resolved);

}  // namespace ddpinn
