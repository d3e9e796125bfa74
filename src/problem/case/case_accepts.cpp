// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/case/case_validate.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace ddpinn {
namespace {

using Kind = CaseNode::Kind;

bool in_range(const CaseKey& key, double value) {
  if (!std::isfinite(value)) return false;
  return value <= key.maximum && (key.above_minimum ? value > key.minimum : value >= key.minimum);
}

bool is_whole(const CaseKey& key, const CaseNode& node) {
  return node.kind == Kind::integer && in_range(key, node.number);
}

bool is_finite(const CaseKey& key, const CaseNode& node) {
  return node.is_number() && in_range(key, node.number);
}

using Test = bool (*)(const CaseKey&, const CaseNode&);

bool all_items(Test test, const CaseKey& key, const CaseNode& node) {
  if (node.kind != Kind::array) return false;
  return std::all_of(node.items.begin(), node.items.end(), [&](const auto& item) { return test(key, item); });
}

bool all_lists(Test test, const CaseKey& key, const CaseNode& node) {
  if (node.kind != Kind::array) return false;
  return std::all_of(node.items.begin(), node.items.end(),
                     [&](const auto& item) { return all_items(test, key, item); });
}

bool is_choice(const CaseKey& key, const CaseNode& node) {
  if (node.kind != Kind::text) return false;
  return key.choices.empty() ||
         std::find(key.choices.begin(), key.choices.end(), node.text) != key.choices.end();
}

}  // namespace

bool accepts(const CaseKey& key, const CaseNode& value) {
  switch (key.type) {
    case KeyType::section:
      return value.kind == Kind::table;
    case KeyType::sections:
      return value.kind == Kind::array &&
             std::all_of(value.items.begin(), value.items.end(),
                         [](const auto& item) { return item.kind == Kind::table; });
    case KeyType::text:
      return is_choice(key, value);
    case KeyType::expression:
      return value.kind == Kind::text;
    case KeyType::boolean:
      return value.kind == Kind::boolean;
    case KeyType::integer:
      return is_whole(key, value);
    case KeyType::number:
      return is_finite(key, value);
    case KeyType::automatic:
      return is_finite(key, value) || (value.kind == Kind::text && value.text == "auto");
    case KeyType::duration:
      return seconds(value) && in_range(key, *seconds(value));
    case KeyType::texts:
      return (key.single && is_choice(key, value)) || all_items(is_choice, key, value);
    case KeyType::integers:
      return (key.single && is_whole(key, value)) ||
             (all_items(is_whole, key, value) && !value.items.empty());
    case KeyType::numbers:
      return all_items(is_finite, key, value);
    case KeyType::lists_of_integers:
      return all_lists(is_whole, key, value);
    case KeyType::lists_of_numbers:
      return all_lists(is_finite, key, value);
    case KeyType::places:
      return value.kind == Kind::text || all_lists(is_finite, key, value);
  }
  return false;
}

std::optional<double> seconds(const CaseNode& value) {
  static const std::map<std::string, double> units = {
      {"ms", 1e-3}, {"s", 1.0}, {"min", 60.0}, {"h", 3600.0}, {"d", 86400.0}};
  if (value.is_number()) return value.number;
  if (value.kind != Kind::text) return {};
  const std::string digits = "0123456789.";
  const auto end = value.text.find_first_not_of(digits);
  if (end == 0 || end == std::string::npos || std::count(value.text.begin(), value.text.end(), '.') > 1)
    return {};
  auto unit = value.text.substr(end);
  unit.erase(0, unit.find_first_not_of(' '));
  const auto found = units.find(unit);
  if (found == units.end() || value.text.substr(0, end) == ".") return {};
  return std::stod(value.text.substr(0, end)) * found->second;
}

}  // namespace ddpinn
