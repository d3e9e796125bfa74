// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/expression/expression_diagnostic.hpp"

#include <algorithm>

namespace ddpinn::expr {
namespace {

std::string caret_line(const std::string& line, std::size_t column) {
  std::string caret = line.substr(0, column);
  // Tabs are kept, so that the caret stays under its character.
  std::replace_if(
      caret.begin(), caret.end(), [](char c) { return c != '\t'; }, ' ');
  return caret + "^";
}

}  // namespace

void fail(const Text& text, std::size_t offset, const std::string& message) {
  const std::string& all = text.value;
  offset = std::min(offset, all.size());
  const std::size_t newline = offset == 0 ? std::string::npos : all.rfind('\n', offset - 1);
  const std::size_t begin = newline == std::string::npos ? 0 : newline + 1;
  const std::string line = all.substr(begin, all.find('\n', begin) - begin);
  const std::size_t column = offset - begin;

  Location at = text.at;
  if (at.line > 0) at.line += std::count(all.begin(), all.begin() + begin, '\n');
  // The expression's first line starts somewhere inside a line of the file; its further lines are lines of
  // the file.
  if (begin > 0)
    at.column = static_cast<int>(column) + 1;
  else if (at.column > 0)
    at.column += column;
  throw Error(Status::case_file, at, message + "\n  " + line + "\n  " + caret_line(line, column));
}

}  // namespace ddpinn::expr
