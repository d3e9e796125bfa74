// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "io/checkpoint/checkpoint_file.hpp"

#include <filesystem>
#include <functional>
#include <string>

namespace ddpinn {

/// Where the checkpoints of a run are: in "checkpoints" of its output directory.
std::filesystem::path checkpoint_folder(const std::filesystem::path& output);

/// Writes the next checkpoint of a folder, which is created; has the file "latest" tell its name, and then
/// removes all but the newest `keep`.
/// @returns its path @throws AgreedError (Status::input_output) @note Collective.
std::filesystem::path add_checkpoint(const Communicator&, const std::filesystem::path& folder,
                                     const Checkpoint&, int keep);

/// A checkpoint that was read, and from where.
struct FoundCheckpoint {
  std::filesystem::path path;
  Checkpoint checkpoint;
};

/// Reads a checkpoint. Of one that is damaged the one before it in its folder is taken, with a warning.
/// @param from a file, a folder of checkpoints, or the output directory of a run, of which the newest is
/// taken @throws AgreedError (Status::input_output) where there is none @note Collective.
FoundCheckpoint find_checkpoint(const Communicator&, const std::filesystem::path& from,
                                const std::function<void(const std::string&)>& warn);

}  // namespace ddpinn
