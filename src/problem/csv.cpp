// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/csv.hpp"

#include <ddpinn/error.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <sstream>
#include <string_view>

namespace ddpinn {
namespace {

struct Entry {
  std::string_view text;
  int column = 1;  ///< of its first character, in the line
};

constexpr std::string_view separators = ",;\t";

Entry trimmed(std::string_view line, std::size_t begin, std::size_t end) {
  constexpr std::string_view padding = " \r\"";
  while (begin < end && padding.find(line[begin]) != std::string_view::npos) ++begin;
  while (end > begin && padding.find(line[end - 1]) != std::string_view::npos) --end;
  return {line.substr(begin, end - begin), static_cast<int>(begin) + 1};
}

std::vector<Entry> split(std::string_view line) {
  std::vector<Entry> entries;
  for (std::size_t begin = 0;;) {
    const auto end = line.find_first_of(separators, begin);
    entries.push_back(trimmed(line, begin, std::min(end, line.size())));
    if (end == std::string_view::npos) return entries;
    begin = end + 1;
  }
}

bool is_comment(std::string_view line) {
  const auto first = line.find_first_not_of(" \t\r");
  return first == std::string_view::npos || line[first] == '%' || line[first] == '#';
}

double to_number(const Entry& entry, Location at) {
  auto text = entry.text;
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), value);
  at.column = entry.column;
  if (status != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
    throw Error(Status::case_file, at,
                "\"" + std::string(entry.text) +
                    "\" is not a finite number (every row below the header holds numbers); "
                    "correct it, or remove the line");
  return value;
}

void read_header(const std::string& line, const Location& at, Table& table) {
  for (const auto& entry : split(line)) {
    const std::string name(entry.text);
    const Location place{at.file, at.line, entry.column};
    if (name.empty() || std::string_view("0123456789.+-").find(name[0]) != std::string_view::npos)
      throw Error(Status::case_file, place,
                  "\"" + name +
                      "\" is not the name of a column (the first line must name the "
                      "columns); write for example x,y,u");
    if (table.find(name))
      throw Error(Status::case_file, place,
                  "the column " + name + " is there twice (columns are known by name); rename one");
    table.names.push_back(name);
    table.columns.emplace_back();
  }
}

void read_row(const std::string& line, const Location& at, Table& table) {
  const auto entries = split(line);
  if (entries.size() != table.names.size())
    throw Error(Status::case_file, at,
                "this row has " + std::to_string(entries.size()) + " entries (the header names " +
                    std::to_string(table.names.size()) + " columns); correct the row");
  table.lines.push_back(at.line);
  for (std::size_t i = 0; i < entries.size(); ++i) table.columns[i].push_back(to_number(entries[i], at));
}

}  // namespace

Table parse_csv(const std::string& text, const std::string& name) {
  Table table;
  Location at{name, 0, 0};
  constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
  std::istringstream stream(text.starts_with(byte_order_mark) ? text.substr(byte_order_mark.size()) : text);
  for (std::string line; std::getline(stream, line);) {
    ++at.line;
    if (is_comment(line)) continue;
    table.names.empty() ? read_header(line, at, table) : read_row(line, at, table);
  }
  if (table.rows() == 0)
    throw Error(Status::case_file, Location{name, 0, 0},
                "the file has no rows of numbers (it needs a header and at least one row); write for example "
                "x,u and 0,1");
  return table;
}

Table read_csv(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  if (!file || text.fail())
    throw Error(Status::input_output, Location{path, 0, 0},
                "the file can't be read (it is not there, empty, or not readable); check its name");
  return parse_csv(text.str(), path);
}

}  // namespace ddpinn
