// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/case/case_tree.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <utility>

namespace ddpinn {

const CaseNode* CaseNode::find(std::string_view key) const {
  for (const auto& member : members)
    if (member.key == key) return &member.value;
  return nullptr;
}

CaseNode* CaseNode::find(std::string_view key) {
  return const_cast<CaseNode*>(std::as_const(*this).find(key));
}

const CaseNode* CaseNode::find_path(std::string_view path) const {
  const auto key = path.substr(0, path.find('.'));
  const auto* found = find(key);
  return found && key != path ? found->find_path(path.substr(key.size() + 1)) : found;
}

CaseNode& CaseNode::at_path(std::string_view path) {
  const auto key = path.substr(0, path.find('.'));
  auto* found = find(key);
  if (!found) found = &members.emplace_back(CaseMember{std::string(key), {}, {}}).value;
  return key == path ? *found : found->at_path(path.substr(key.size() + 1));
}

void CaseNode::erase(std::string_view key) {
  std::erase_if(members, [&](const CaseMember& member) { return member.key == key; });
}

bool CaseNode::is_empty() const {
  if (kind == Kind::array) return items.empty();
  if (kind == Kind::text) return text.empty();
  return kind == Kind::none || (kind == Kind::table && members.empty());
}

std::string as_toml(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value < 0 ? "-inf" : "inf";
  std::array<char, 32> digits{};
  auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  return {digits.data(), end};
}

std::string as_toml(const std::string& text) {
  std::string quoted = "\"";
  for (char c : text) {
    std::array<char, 8> code{};
    if (c == '"' || c == '\\') {
      quoted += std::string("\\") + c;
    } else if (c == '\n') {
      quoted += "\\n";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      std::snprintf(code.data(), code.size(), "\\u%04X", c);
      quoted += code.data();
    } else {
      quoted += c;
    }
  }
  return quoted + "\"";
}

namespace {

std::string joined_items(const CaseNode& node) {
  std::string text;
  for (const auto& item : node.items) text += (text.empty() ? "" : ", ") + as_toml(item);
  return "[" + text + "]";
}

std::string joined_members(const CaseNode& node) {
  std::string text;
  for (const auto& member : node.members)
    text += (text.empty() ? "" : ", ") + member.key + " = " + as_toml(member.value);
  return "{ " + text + " }";
}

}  // namespace

std::string as_toml(const CaseNode& node) {
  switch (node.kind) {
    case CaseNode::Kind::text:
      return as_toml(node.text);
    case CaseNode::Kind::integer:
      return std::to_string(node.integer);
    case CaseNode::Kind::number:
      return as_toml(node.number);
    case CaseNode::Kind::boolean:
      return node.boolean ? "true" : "false";
    case CaseNode::Kind::array:
      return joined_items(node);
    case CaseNode::Kind::table:
      return joined_members(node);
    case CaseNode::Kind::other:
      return node.text;
    case CaseNode::Kind::none:
      return "\"auto\"";
  }
  return "";
}

}  // namespace ddpinn
