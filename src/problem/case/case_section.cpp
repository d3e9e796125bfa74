// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/case/case_section.hpp"

#include "problem/case/case_keys.hpp"
#include "problem/case/case_validate.hpp"

#include <stdexcept>

namespace ddpinn {
const CaseNode* Section::good(const std::string& key) const {
  const std::string path = path_.empty() ? key : path_ + "." + key;
  const auto* known = find_key(path);
  if (!known) throw std::logic_error("the table of case file keys lacks '" + path + "'");
  reader_->asked.emplace(known->path);
  const auto* found = node_ ? node_->find(key) : nullptr;
  return found && !reader_->bad.contains(found) ? found : nullptr;
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

Section Section::inner(std::string_view path) const {
  if (path.empty()) return *this;
  const auto around = inner(first_parts(path));
  return around.section(std::string(last_part(path)));
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
    for (const auto& member : node_->members)
      if (is_plain_key(member.key)) all.emplace_back(member.key, member.at);
  return all;
}

}  // namespace ddpinn
