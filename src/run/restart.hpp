// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "io/checkpoint/journal.hpp"

#include <ddpinn/case_file.hpp>

#include <filesystem>
#include <optional>
#include <string>

namespace ddpinn {

/// Has a journal go on from a checkpoint of the same case, whose numerics may differ in what
/// case_differences allows.
/// @param from a checkpoint, a folder that has some, or "latest": the newest of the case's own output
/// @throws Error (Status::usage) that names the keys by which the case differs; Status::input_output where
/// there is no checkpoint that can be read
/// @returns the checkpoint @note Collective.
std::filesystem::path restart(const Communicator&, const CaseFile&, const std::string& from, Journal&);

/// When SLURM ends the job, by its environment.
class Deadline {
 public:
  Deadline();
  /// Whether there is no more time than it takes to end in order. @param cost seconds of a checkpoint
  bool is_near(double cost) const;

 private:
  std::optional<double> end_;  ///< seconds of the epoch
  double reserve_ = 0;         ///< seconds
};

}  // namespace ddpinn
