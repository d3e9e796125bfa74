// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <stdexcept>
#include <string>

namespace ddpinn {

/// What a run ended with; the program's exit status.
enum class Status : int {
  ok = 0,
  usage = 1,         ///< the command line is wrong
  case_file = 2,     ///< the case file, or a file that it names, is wrong
  numerical = 3,     ///< the solve failed: no convergence, NaN or Inf, singular
  input_output = 4,  ///< a file could not be written or read
  stopped = 5        ///< stopped by a signal or the time limit
};

/// A place in an input file. Lines and columns count from 1; 0 means unknown.
struct Location {
  std::string file;
  int line = 0;
  int column = 0;
};

/// "file:line:column: ", or less where less is known.
std::string prefix(const Location& at);

/// Everything that ddpinn reports to its user. The message is complete: where, what, why, and what to do.
class Error : public std::runtime_error {
 public:
  Error(Status status, const std::string& message) : std::runtime_error(message), status_(status) {}
  Error(Status status, const Location& at, const std::string& message)
      : Error(status, prefix(at) + message) {}

  Status status() const noexcept { return status_; }

 private:
  Status status_;
};

}  // namespace ddpinn
