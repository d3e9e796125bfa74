// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <ddpinn/problem.hpp>

#include <functional>
#include <string>
#include <vector>

namespace ddpinn {

/// A table of numbers, read from a file.
struct Table {
  std::vector<std::string> names;            ///< of the columns
  std::vector<std::vector<double>> columns;  ///< one for each name, all of the same length
  std::vector<int> lines = {};               ///< of each row, in a file of text; else empty

  std::size_t rows() const { return columns.empty() ? 0 : columns.front().size(); }

  /// The column of that name; null where there is none.
  const std::vector<double>* find(const std::string& name) const;
};

/// The rows of a table with a column for each coordinate whose points lie in the domain's box, or beside it
/// by a millionth of it at most, as rounded numbers do.
std::vector<std::size_t> rows_inside(const Table&, const Domain&);

/// Reads a file. @throws Error with the file: Status::input_output where it can't be read, Status::case_file
/// where it holds no table of finite numbers
using TableReader = std::function<Table(const std::string& path)>;

}  // namespace ddpinn
