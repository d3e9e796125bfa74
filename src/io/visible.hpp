// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "parallel/communicator.hpp"

#include <filesystem>

namespace ddpinn {

/// The file or folder that rank 0 means, with a name that means the same on every rank, whatever its working
/// directory is. Every rank looks for it: MPI never returns from opening a file that some ranks don't see.
/// Network file systems may take a moment to show what is new.
/// @throws Error (Status::input_output) on every rank, with the rank and its host @note Collective.
std::filesystem::path visible_to_all(const Communicator&, const std::filesystem::path&);

}  // namespace ddpinn
