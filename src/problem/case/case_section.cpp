// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/case/case_section.hpp"

#include "problem/case/case_keys.hpp"
#include "problem/case/case_validate.hpp"

#include <stdexcept>

namespace ddpinn {
namespace {

template <class Target, class Convert>
bool assign(const CaseNode* node, Target& target, Convert convert) {
  if (node) target = convert(*node);
  return node != nullptr;
}

template <class Value, class Convert>
std::vector<Value> list(const CaseNode& node, Convert convert) {
  std::vector<Value> values;
  for (const auto& item : node.items) values.push_back(convert(item));
  if (node.kind != CaseNode::Kind::array) values.push_back(convert(node));
  return values;
}

int whole(const CaseNode& node) { return node.integer; }
double number(const CaseNode& node) { return node.number; }
Text text(const CaseNode& node) { return {node.text, node.inside}; }
std::vector<int> integers(const CaseNode& node) { return list<int>(node, whole); }
std::vector<double> numbers(const CaseNode& node) { return list<double>(node, number); }

std::optional<double> automatic(const CaseNode& node) { return seconds(node); }

}  // namespace

const CaseNode* Section::good(const std::string& key) const {
  const std::string path = path_.empty() ? key : path_ + "." + key;
  const auto* known = find_key(path);
  if (!known) throw std::logic_error("the table of case file keys lacks '" + path + "'");
  reader_->asked.emplace(known->path);
  const auto* found = node_ ? node_->find(key) : nullptr;
  return found && !reader_->bad.contains(found) ? found : nullptr;
}

bool Section::read(const std::string& key, std::string& target) const {
  return assign(good(key), target, [](const CaseNode& node) { return node.text; });
}
bool Section::read(const std::string& key, Text& target) const { return assign(good(key), target, text); }
bool Section::read(const std::string& key, bool& target) const {
  return assign(good(key), target, [](const CaseNode& node) { return node.boolean; });
}
bool Section::read(const std::string& key, int& target) const { return assign(good(key), target, whole); }
bool Section::read(const std::string& key, std::uint64_t& target) const {
  return assign(good(key), target,
                [](const CaseNode& node) { return static_cast<std::uint64_t>(node.integer); });
}
bool Section::read(const std::string& key, double& target) const { return assign(good(key), target, number); }
bool Section::read(const std::string& key, std::vector<std::string>& target) const {
  return assign(good(key), target, [](const CaseNode& node) {
    return list<std::string>(node, [](const CaseNode& item) { return item.text; });
  });
}
bool Section::read(const std::string& key, std::vector<int>& target) const {
  return assign(good(key), target, integers);
}
bool Section::read(const std::string& key, std::vector<double>& target) const {
  return assign(good(key), target, numbers);
}
bool Section::read(const std::string& key, std::vector<std::vector<int>>& target) const {
  return assign(good(key), target,
                [](const CaseNode& node) { return list<std::vector<int>>(node, integers); });
}
bool Section::read(const std::string& key, std::vector<std::vector<double>>& target) const {
  return assign(good(key), target,
                [](const CaseNode& node) { return list<std::vector<double>>(node, numbers); });
}
bool Section::read(const std::string& key, std::optional<Text>& target) const {
  return assign(good(key), target, text);
}
bool Section::read(const std::string& key, std::optional<double>& target) const {
  return assign(good(key), target, automatic);
}

bool Section::has(const std::string& key) const { return node_ && node_->find(key); }

bool Section::is_wrong(const std::string& key) const {
  const auto* found = node_ ? node_->find(key) : nullptr;
  return found && reader_->bad.contains(found);
}

const Location& Section::at() const { return node_ ? node_->at : reader_->root.at; }

Location Section::at(const std::string& key) const {
  const auto* found = node_ ? node_->find(key) : nullptr;
  return found ? found->at : at();
}

Location Section::at(const std::string& key, std::size_t item) const {
  const auto* found = node_ ? node_->find(key) : nullptr;
  return found && item < found->items.size() ? found->items[item].at : at(key);
}

Section Section::section(const std::string& key) const {
  const auto* found = good(key);
  return {*reader_, found, path_.empty() ? key : path_ + "." + key};
}

std::vector<Section> Section::sections(const std::string& key) const {
  std::vector<Section> all;
  if (const auto* found = good(key))
    for (const auto& item : found->items)
      all.push_back({*reader_, &item, path_.empty() ? key : path_ + "." + key});
  return all;
}

std::vector<std::pair<std::string, Location>> Section::names() const {
  std::vector<std::pair<std::string, Location>> all;
  if (node_)
    for (const auto& member : node_->members) all.emplace_back(member.key, member.at);
  return all;
}

}  // namespace ddpinn
