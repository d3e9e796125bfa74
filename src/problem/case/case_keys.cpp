// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/case/case_keys.hpp"

#include "problem/case/case_key_lists.hpp"
#include "problem/case/case_tree.hpp"

#include <algorithm>
#include <cmath>

namespace ddpinn {
namespace {

/// The keys of a section that may be there several times.
std::vector<CaseKey> keys_within(const std::string& section) {
  if (section.starts_with("domain.")) return shape_keys(section);
  if (section == "unknowns.*") return unknown_table().keys;
  if (section == "equation") return equation_table().keys;
  if (section == "energy") return energy_table().keys;
  if (section == "condition") return condition_table().keys;
  if (section == "exact_enforcement.*") return enforcement_table().keys;
  if (section == "data") return data_table().keys;
  if (section == "quantity") return quantity_table().keys;
  return section == "conservation" ? conservation_table().keys : std::vector<CaseKey>{};
}

std::vector<CaseKey> all_keys() {
  std::vector<CaseKey> keys;
  auto append = [&](const std::vector<CaseKey>& more) { keys.insert(keys.end(), more.begin(), more.end()); };
  for (const auto& key : problem_keys()) {
    keys.push_back(key);
    if (key.type == KeyType::sections || key.path.ends_with(".*")) append(keys_within(key.path));
  }
  append(options_table().keys);
  append(scaling_table().keys);
  keys.push_back({.path = "decomposition.refine",
                  .type = KeyType::sections,
                  .text = "Places towards which subdomains become smaller.",
                  .otherwise = "none",
                  .example = "near = [[0, 0]]"});
  append(refine_keys());
  return keys;
}

bool matches(std::string_view pattern, std::string_view path) {
  if (pattern.empty() || path.empty()) return pattern == path;
  if (last_part(pattern) != "*" && last_part(pattern) != last_part(path)) return false;
  return matches(first_parts(pattern), first_parts(path));
}

constexpr double practically_unlimited = 1e7;

std::string number(double value) {
  const bool whole = value == std::floor(value) && std::abs(value) < practically_unlimited;
  return whole ? std::to_string(static_cast<long long>(value)) : as_toml(value);
}

std::string range(const CaseKey& key) {
  const bool from = std::isfinite(key.minimum);
  const bool to = std::isfinite(key.maximum) && key.maximum < practically_unlimited;
  std::string text = from ? number(key.minimum) : "";
  if (from && to && !key.above_minimum) return " from " + text + " to " + number(key.maximum);
  if (from) text = (key.above_minimum ? " greater than " : " of at least ") + text;
  if (to) text += std::string(from ? " and" : " of") + " at most " + number(key.maximum);
  return text;
}

std::string choices(const CaseKey& key) {
  if (key.choices.empty()) return "text in quotes";
  std::vector<std::string> quoted;
  for (auto choice : key.choices) quoted.push_back(as_toml(std::string(choice)));
  return listed(quoted, "or");
}

}  // namespace

const std::vector<CaseKey>& case_keys() {
  static const std::vector<CaseKey> keys = all_keys();
  return keys;
}

std::string_view last_part(std::string_view path) {
  const auto dot = path.rfind('.');
  return dot == std::string_view::npos ? path : path.substr(dot + 1);
}

std::string_view first_parts(std::string_view path) {
  const auto dot = path.rfind('.');
  return dot == std::string_view::npos ? std::string_view{} : path.substr(0, dot);
}

const CaseKey* find_key(std::string_view path) {
  for (const auto& key : case_keys())
    if (matches(key.path, path)) return &key;
  return nullptr;
}

std::vector<const CaseKey*> keys_of(std::string_view section) {
  std::vector<const CaseKey*> found;
  for (const auto& key : case_keys())
    if (matches(first_parts(key.path), section)) found.push_back(&key);
  return found;
}

std::string requirement(const CaseKey& key) {
  const std::string whole = "whole number" + range(key);
  switch (key.type) {
    case KeyType::section:
      return key.example.empty() ? "a section, [" + std::string(key.path) + "]"
                                 : "a section such as " + std::string(key.example);
    case KeyType::sections:
      return "a list of sections, [[" + std::string(key.path) + "]]";
    case KeyType::text:
      return choices(key);
    case KeyType::expression:
      return "an expression in quotes";
    case KeyType::boolean:
      return "true or false";
    case KeyType::integer:
      return "a " + whole;
    case KeyType::number:
      return "a number" + range(key);
    case KeyType::automatic:
      return "\"auto\" or a number" + range(key);
    case KeyType::duration:
      return "a time such as \"30min\" (ms, s, min, h, d) or a number of seconds";
    case KeyType::texts:
      return key.single ? choices(key) + ", or a list of these" : "a list of texts in quotes";
    case KeyType::integers:
      if (key.single) return "a " + whole + ", or a list with one for each coordinate";
      return "a list of whole numbers" + range(key);
    case KeyType::numbers:
      return "a list of finite numbers";
    case KeyType::lists_of_integers:
      return "a list of lists of whole numbers" + range(key);
    case KeyType::lists_of_numbers:
      return "a list of points, each a list of numbers";
    case KeyType::places:
      return "a list of points, each a list of numbers, or the name of a shape in quotes";
  }
  return "";
}

std::string example(const CaseKey& key, std::string_view path) {
  if (key.type == KeyType::section && !key.example.empty())
    return std::string(last_part(path)) + " = " + std::string(key.example);
  if (key.type == KeyType::section) return std::string("[").append(path) + "]";
  if (key.type == KeyType::sections) return std::string("[[").append(path) + "]]";
  const auto value = key.example.empty() ? key.standard : key.example;
  return std::string(last_part(path)) + " = " + std::string(value);
}

std::string listed(const std::vector<std::string>& words, std::string_view last_word) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool is_last = i + 1 == words.size();
    if (i > 0) text.append(is_last ? " " : ", ").append(is_last ? last_word : "").append(is_last ? " " : "");
    text += words[i];
  }
  return text;
}

}  // namespace ddpinn
