// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/case/case_tree.hpp"
#include "problem/case/csv.hpp"

#include <ddpinn/options.hpp>
#include <ddpinn/problem.hpp>

#include <string>
#include <vector>

namespace ddpinn {

/// A case file, read and checked.
struct CaseFile {
  std::string path;
  std::string original;  ///< the file's text, byte for byte
  Problem problem;
  Options options;
  std::vector<std::string> remarks;  ///< on what is accepted but has no effect: complete messages with place
};

/// Reads a case file. @param overrides "key=value" in TOML syntax, e.g. "decomposition.subdomains=[8,8]"
/// @param tables reads the files of observations and reference values that the case names
/// @throws Error (Status::case_file) that lists every error found, one after the other, each with file, line,
/// column, the line's text, a caret, what is wrong, why, and what to do; Status::input_output where the file
/// can't be read.
CaseFile read_case(const std::string& path, const std::vector<std::string>& overrides = {},
                   const TableReader& tables = read_csv);

/// The same from a text in memory; `name` stands for the file in messages.
CaseFile parse_case(const std::string& text, const std::string& name,
                    const std::vector<std::string>& overrides = {}, const TableReader& tables = read_csv);

/// All options and the problem as a case file that gives the same run: what `resolved.toml` in the output
/// holds.
std::string resolved_case(const CaseFile&);

/// The options under the names of the case file.
CaseNode options_node(const Options&);

/// The text of `ddpinn help case`: every key with type, unit, range, default and a line of text.
std::string case_reference();

}  // namespace ddpinn
