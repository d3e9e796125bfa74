// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/case/case_tree.hpp"
#include "problem/csv.hpp"

#include <ddpinn/case_file.hpp>

#include <string>
#include <vector>

namespace ddpinn {

/// As the public read_case. @param tables reads the files of observations and reference values that the case
/// names
CaseFile read_case(const std::string& path, const std::vector<std::string>& overrides,
                   const TableReader& tables);

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
