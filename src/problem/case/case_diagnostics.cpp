// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/case/case_diagnostics.hpp"

#include <algorithm>
#include <climits>
#include <cstdio>
#include <sstream>
#include <tuple>

namespace ddpinn {

Diagnostics::Diagnostics(std::string name, const std::string& text) : name_(std::move(name)) {
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    std::replace(line.begin(), line.end(), '\t', ' ');
    lines_.push_back(line);
  }
}

void Diagnostics::add(const Location& at, const std::string& message) {
  // What comes from the command line has no line; it is listed after the errors of the file.
  int line = at.line == 0 && at.file != name_ ? INT_MAX : at.line;
  insert({line, at.column, prefix(at) + message + excerpt(at)});
}

void Diagnostics::add(const Error& error) {
  Entry entry{INT_MAX, 0, error.what()};
  while (entry.message.ends_with('\n')) entry.message.pop_back();
  if (entry.message.starts_with(name_ + ":")) {
    entry.line = 0;
    std::sscanf(entry.message.c_str() + name_.size(), ":%d:%d", &entry.line, &entry.column);
  }
  insert(std::move(entry));
}

void Diagnostics::insert(Entry entry) {
  auto same = [&](const Entry& other) { return other.message == entry.message; };
  if (std::none_of(entries_.begin(), entries_.end(), same)) entries_.push_back(std::move(entry));
}

std::string Diagnostics::excerpt(const Location& at) const {
  if (at.file != name_ || at.line < 1 || at.line > static_cast<int>(lines_.size())) return "";
  const std::string& line = lines_[at.line - 1];
  std::string text = "\n  " + line;
  if (at.column > 0) text += "\n  " + std::string(at.column - 1, ' ') + "^";
  return text;
}

void Diagnostics::throw_if_any() const {
  if (entries_.empty()) return;
  auto sorted = entries_;
  std::stable_sort(sorted.begin(), sorted.end(), [](const Entry& a, const Entry& b) {
    return std::tie(a.line, a.column) < std::tie(b.line, b.column);
  });
  std::string all;
  for (const auto& entry : sorted) all += (all.empty() ? "" : "\n") + entry.message;
  throw Error(Status::case_file, all);
}

}  // namespace ddpinn
