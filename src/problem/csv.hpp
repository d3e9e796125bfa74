// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>
#include <vector>

namespace ddpinn {

/// A table of numbers, read from a CSV file.
struct CsvTable {
  std::vector<std::string> names;            ///< of the columns, from the header
  std::vector<std::vector<double>> columns;  ///< one for each name, all of the same length

  std::vector<int> lines;  ///< of each row, in the file

  std::size_t rows() const { return columns.empty() ? 0 : columns.front().size(); }

  /// The column of that name; null where there is none.
  const std::vector<double>* find(const std::string& name) const;
};

/// Reads numbers separated by commas, semicolons or tabs below a header of names. Empty lines and lines that
/// start with
/// '%' or '#' are comments.
/// @throws Error with file, line and column: Status::input_output where the file can't be read,
/// Status::case_file where it has no header or rows, a row has another number of entries than the header, or
/// an entry is no finite number
CsvTable read_csv(const std::string& path);

/// The same from a text; `name` stands for the file in messages.
CsvTable parse_csv(const std::string& text, const std::string& name);

}  // namespace ddpinn
