// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "io/checkpoint/record.hpp"
#include "parallel/communicator.hpp"

#include <filesystem>
#include <string>

namespace ddpinn {

/// What a checkpoint holds (docs/files.md).
struct Checkpoint {
  std::string text;    ///< the case, with all defaults
  double seconds = 0;  ///< that the run has taken so far
  Records records;     ///< of blocks those of this rank
};

/// Writes a checkpoint to one HDF5 file: under another name, read back, on the disk, then renamed.
/// @returns the size of the file in bytes @throws AgreedError (Status::input_output), and leaves a former
/// file as it was @note Collective.
double write_checkpoint(const Communicator&, const std::filesystem::path&, const Checkpoint&);

/// Reads one, all of it, on any number of ranks: blocks are on whichever rank reads them; on as many ranks as
/// have written it, on those that have written them. @throws AgreedError (Status::input_output) where it is
/// damaged @note Collective.
Checkpoint read_checkpoint(const Communicator&, const std::filesystem::path&);

}  // namespace ddpinn
