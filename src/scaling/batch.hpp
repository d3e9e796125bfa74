// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>

namespace ddpinn {

/// A job of a batch system. Numbers are texts, since a template has names in their places.
struct BatchJob {
  std::string system = "slurm";  ///< or "pbs"
  std::string name;
  std::string nodes = "1";
  std::string tasks = "1";  ///< ranks on each node
  std::string time = "01:00:00";
  std::string log = {};     ///< file for what it prints, "%j" for its number (SLURM); PBS has one of its own
  std::string signal = {};  ///< that SLURM sends before the time is up, such as "USR2@120"; empty: none
};

/// The lines of a job script that the batch system reads; ends in the folder from which it was submitted.
std::string batch_head(const BatchJob&);

/// A text as one word of a shell.
std::string shell_word(const std::string&);

/// Seconds of a time HH:MM:SS.
int seconds_of(const std::string& time);

/// Whether a text is of the form HH:MM:SS.
bool is_time(const std::string&);

}  // namespace ddpinn
