// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "io/disk.hpp"
#include "parallel/communicator.hpp"

#include <filesystem>
#include <string>

namespace ddpinn {

/// The folder of a run's files, which belongs to this run alone while this lives.
class OutputDirectory {
 public:
  /// Makes sure that the output can be written before any work is done: creates the folder, locks it, and
  /// looks for it on every rank.
  /// @throws Error (Status::input_output) on every rank, with the host and the process of another run that
  /// has it @note Collective.
  OutputDirectory(const Communicator&, const std::filesystem::path& directory);
  OutputDirectory(const OutputDirectory&) = delete;
  OutputDirectory& operator=(const OutputDirectory&) = delete;
  ~OutputDirectory();

  /// Removes what a former run has found, but for its networks, so that its results never stand beside those
  /// of this one; until this one has ended, summary.json says that it has not. @note Collective.
  void begin(const std::string& original, const std::string& resolved);
  /// Writes `original.toml` (the case file, byte for byte) and `resolved.toml` (the same run with every
  /// default filled in). @note Collective.
  void describe(const std::string& original, const std::string& resolved);

  /// The same on every rank, whatever its working directory is.
  const std::filesystem::path& path() const { return path_; }

 private:
  void lock();

  const Communicator& comm_;
  std::filesystem::path path_;
  Descriptor lock_;  ///< of rank 0
};

}  // namespace ddpinn
