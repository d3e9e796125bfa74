// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <ddpinn/options.hpp>
#include <ddpinn/problem.hpp>

#include <set>
#include <string>
#include <vector>

namespace ddpinn {

/// A problem and how to solve it, checked and complete: from a case file, or put together in C++.
struct CaseFile {
  std::string path;      ///< empty where there is no file
  std::string original;  ///< the file's text, byte for byte
  Problem problem;
  Options options;
  std::vector<std::string> remarks;  ///< on what is accepted but has no effect: complete messages with place
  /// Keys of the options that the case gives, such as "network.hidden"; where an accuracy is asked for, the
  /// others are open.
  std::set<std::string> given = {};
  ScalingOptions scaling = {};  ///< for studies; a run does not look at it
};

/// Reads a case file, and the files of observations that it names.
/// @param overrides "key=value" in TOML syntax, e.g. "decomposition.subdomains=[8,8]"
/// @throws Error (Status::case_file) that lists every error found, one after the other, each with file, line,
/// column, the line's text, a caret, what is wrong, why, and what to do; Status::input_output where the file
/// can't be read. The same on every rank that can read the files.
CaseFile read_case(const std::string& path, const std::vector<std::string>& overrides = {});

}  // namespace ddpinn
