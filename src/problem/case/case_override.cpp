// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/case/case_tree.hpp"

#include "problem/case/case_diagnostics.hpp"

#include <algorithm>
#include <sstream>

namespace ddpinn {
namespace {

void place(CaseNode& node, const Location& at) {
  node.at = node.inside = at;
  for (auto& item : node.items) place(item, at);
  for (auto& member : node.members) {
    member.at = at;
    place(member.value, at);
  }
}

/// A value from the command line: TOML, or else a word without quotes.
CaseNode parse_value(const std::string& value, const Location& at) {
  try {
    CaseNode table = parse_toml("value = " + value + "\n", at.file);
    if (table.members.size() == 1) {
      place(table.members.front().value, at);
      return table.members.front().value;
    }
  } catch (const Error&) {
    if (value.find_first_of("[{\"'") != std::string::npos)
      throw Error(
          Status::case_file, at,
          "the value is not TOML (brackets or quotes do not match, or a word in a list has no quotes); "
          "write for example --set 'domain.periodic=[\"x\"]'");
  }
  CaseNode word;
  word.kind = CaseNode::Kind::text;
  word.text = value;
  place(word, at);
  return word;
}

std::string names_of(const CaseNode& array) {
  std::string names;
  for (std::size_t i = 0; i < array.items.size(); ++i) {
    const auto* name = array.items[i].find("name");
    names += (i > 0 ? ", " : "") + (name ? name->text : std::to_string(i));
  }
  return names;
}

CaseNode& item_of(CaseNode& array, const std::string& step, const std::string& path, const Location& at) {
  for (std::size_t i = 0; i < array.items.size(); ++i) {
    const auto* name = array.items[i].find("name");
    if (step == std::to_string(i) || (name && name->text == step)) return array.items[i];
  }
  throw Error(Status::case_file, at,
              "there is no '" + path + "." + step + "' (the case has: " + names_of(array) +
                  "); use one of these names, or a number from 0");
}

CaseNode& step_into(CaseNode& node, const std::string& step, const std::string& path, const Location& at) {
  if (node.kind == CaseNode::Kind::array) return item_of(node, step, path, at);
  if (node.kind != CaseNode::Kind::table)
    throw Error(Status::case_file, at,
                "'" + path + "' has no keys (it is " + as_toml(node) + "); write --set " + path + "=VALUE");
  if (auto* found = node.find(step)) return *found;
  CaseNode empty;
  place(empty, at);
  node.members.push_back({step, at, empty});
  return node.members.back().value;
}

}  // namespace

void apply_override(CaseNode& root, const std::string& override) {
  const Location at{"--set " + override, 0, 0};
  const auto equals = override.find('=');
  if (equals == std::string::npos || override.find_first_not_of('.') >= equals)
    throw Error(Status::case_file, at,
                "this sets nothing (it must be KEY=VALUE); write for example --set points.interior=8");
  if (std::count(override.begin(), override.begin() + equals, '.') > deepest_key)
    throw Error(Status::case_file, {"--set " + override.substr(0, 40) + "...", 0, 0},
                "the key has more than " + std::to_string(deepest_key) +
                    " parts (no key of a case has); see ddpinn help case");
  CaseNode value = parse_value(override.substr(equals + 1), at);
  CaseNode* node = &root;
  std::istringstream steps(override.substr(0, equals));
  std::string path;
  for (std::string step; std::getline(steps, step, '.');) {
    if (step.empty()) continue;
    node = &step_into(*node, step, path, at);
    path += (path.empty() ? "" : ".") + step;
  }
  *node = std::move(value);
}

}  // namespace ddpinn
