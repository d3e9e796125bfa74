// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "run/case_differences.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <sstream>
#include <string_view>

namespace ddpinn {

namespace {

/// As keys themselves, or sections with all that is in them.
constexpr std::array<std::string_view, 9> free_keys{"title",
                                                    "solver.tolerance",
                                                    "solver.max_iterations",
                                                    "solver.krylov.max_iterations",
                                                    "solver.time_limit",
                                                    "output",
                                                    "reference",
                                                    "exact",
                                                    "scaling"};

bool is_free(const std::string& key) {
  return std::ranges::any_of(
      free_keys, [&](std::string_view own) { return key == own || key.starts_with(std::string(own) + "."); });
}

using Values = std::map<std::string, std::string>;

/// Members of a table in one line, such as { type = "cg", max_iterations = 10 }, are keys too.
void add(const std::string& key, const std::string& value, Values& values) {
  if (!value.starts_with("{ ") || value.find("{", 1) != std::string::npos ||
      value.find_first_of("[\"") != std::string::npos) {
    values[key] = value;
    return;
  }
  std::istringstream members(value.substr(2, value.size() - 4));
  for (std::string member; std::getline(members, member, ',');) {
    const auto equal = member.find(" = ");
    const auto begin = member.find_first_not_of(' ');
    values[key + "." + member.substr(begin, equal - begin)] = member.substr(equal + 3);
  }
}

Values values_of(const std::string& text) {
  Values values;
  std::map<std::string, int> sections;
  std::istringstream lines(text);
  std::string section;
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.starts_with('#')) continue;
    if (line.starts_with("[[")) {
      const auto name = line.substr(2, line.size() - 4);
      section = name + " " + std::to_string(++sections[name]) + ".";
    } else if (line.starts_with('[')) {
      section = line.substr(1, line.size() - 2) + ".";
    } else if (const auto equal = line.find(" = "); equal != std::string::npos) {
      add(section + line.substr(0, equal), line.substr(equal + 3), values);
    }
  }
  return values;
}

}  // namespace

std::vector<std::string> case_differences(const std::string& before, const std::string& now) {
  const auto then = values_of(before), here = values_of(now);
  std::vector<std::string> keys;
  const auto compare = [&](const Values& some, const Values& others) {
    for (const auto& [key, value] : some) {
      const auto found = others.find(key);
      const bool same = found != others.end() && found->second == value;
      if (!same && !is_free(key) && std::ranges::find(keys, key) == keys.end()) keys.push_back(key);
    }
  };
  compare(then, here);
  compare(here, then);
  std::ranges::sort(keys);
  return keys;
}

}  // namespace ddpinn
