// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>
#include <string>

namespace ddpinn {

/// A run as its directory shows it now.
struct RunState {
  std::string text;        ///< several lines, of plain characters
  bool goes_on = false;    ///< a process has the directory
  bool converged = false;  ///< where it has ended
};

/// Its work, and the residual of its iterations drawn with letters. @param width characters of a line
/// @throws Error (Status::input_output) where the directory is none of a run's
RunState state_of_run(const std::filesystem::path& directory, int width);

}  // namespace ddpinn
