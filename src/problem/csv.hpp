// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/table.hpp"

#include <string>

namespace ddpinn {

/// Reads numbers separated by commas, semicolons or tabs below a header of names. Empty lines and lines that
/// start with '%' or '#' are comments.
/// @throws Error with file, line and column: Status::input_output where the file can't be read,
/// Status::case_file where it has no header or rows, a row has another number of entries than the header, or
/// an entry is no finite number
Table read_csv(const std::string& path);

/// The same from a text; `name` stands for the file in messages.
Table parse_csv(const std::string& text, const std::string& name);

}  // namespace ddpinn
