// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/case/case_validate.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <cctype>

namespace ddpinn {

std::string did_you_mean(const std::string& name, const std::vector<std::string>& known,
                         const std::string& quote) {
  const auto nearest = nearest_name(name, known);
  return nearest ? "; did you mean " + quote + *nearest + quote + "?" : "";
}

bool is_plain_key(const std::string& key) {
  return !key.empty() &&
         std::ranges::all_of(key, [](unsigned char c) { return std::isalnum(c) || c == '_' || c == '-'; });
}

namespace {

std::string joined(std::string_view section, std::string_view key) {
  return section.empty() ? std::string(key) : std::string(section) + "." + std::string(key);
}

bool is_missing(const CaseKey& key, const CaseNode& section) {
  const auto* found = section.find(last_part(key.path));
  return !found ||
         (key.type == KeyType::sections && found->kind == CaseNode::Kind::array && found->items.empty());
}

class Validator {
 public:
  explicit Validator(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  void section(const CaseNode& node, const std::string& path) {
    std::set<std::string> meant;  // keys that are there, but mistyped
    for (const auto& member : node.members) {
      if (!is_plain_key(member.key)) {
        odd(member, path);
        continue;
      }
      const auto* key = find_key(joined(path, member.key));
      if (!key) {
        meant.insert(unknown(member, path));
      } else if (!accepts(*key, member.value)) {
        reject(*key, member, path);
      } else {
        descend(*key, member, path);
      }
    }
    for (const auto* key : keys_of(path))
      if (key->required && is_missing(*key, node) && !meant.contains(std::string(last_part(key->path))))
        missing(*key, joined(path, last_part(key->path)), node);
  }

  std::set<const CaseNode*> bad;

 private:
  void odd(const CaseMember& member, const std::string& path) {
    bad.insert(&member.value);
    diagnostics_.add(member.at, "the key " + as_toml(member.key) +
                                    (path.empty() ? "" : " of '" + path + "'") +
                                    " is not a name (it must be letters, digits, _ and -); rename it");
  }

  void descend(const CaseKey& key, const CaseMember& member, const std::string& path) {
    const std::string full = joined(path, member.key);
    if (key.type == KeyType::section) section(member.value, full);
    for (const auto& item : member.value.items)
      if (key.type == KeyType::sections) section(item, full);
  }

  /// @returns the known key that was most likely meant, or nothing
  std::string unknown(const CaseMember& member, const std::string& path) {
    bad.insert(&member.value);
    std::vector<std::string> known;
    for (const auto* key : keys_of(path)) known.emplace_back(last_part(key->path));
    const std::string where = path.empty() ? "at the top" : "of '" + path + "'";
    std::string message = "unknown key '" + joined(path, member.key) + "' (the keys " + where + " are " +
                          listed(known, "and") + ")";
    std::string advice = did_you_mean(member.key, known, "'");
    for (const auto& key : case_keys())
      if (advice.empty() && last_part(key.path) == member.key && key.type != KeyType::section)
        advice = "; '" + member.key + "' belongs to '" + std::string(first_parts(key.path)) + "'";
    diagnostics_.add(member.at, message + (advice.empty() ? "; remove it" : advice));
    return nearest_name(member.key, known).value_or("");
  }

  void reject(const CaseKey& key, const CaseMember& member, const std::string& path) {
    bad.insert(&member.value);
    const std::string full = joined(path, member.key);
    const std::string name = "'" + full + "'";
    const auto& value = member.value;
    std::vector<std::string> choices(key.choices.begin(), key.choices.end());
    auto advice = value.kind == CaseNode::Kind::text ? did_you_mean(value.text, choices, "\"") : "";
    if (advice.empty()) advice = "; write for example " + example(key, full);
    diagnostics_.add(value.at,
                     name + " is " + shown(value) + " (it must be " + requirement(key) + ")" + advice);
  }

  static std::string shown(const CaseNode& value) {
    const auto text = as_toml(value);
    if (value.kind == CaseNode::Kind::table) return "a section";
    return text.size() <= 60 ? text : text.substr(0, 57) + "...";
  }

  void missing(const CaseKey& key, const std::string& path, const CaseNode& section) {
    const std::string owner(first_parts(path));
    const std::string need = owner.empty() ? "every case" : "every '" + owner + "'";
    diagnostics_.add(section.at, "'" + path + "' is missing (" + need + " needs it); write for example " +
                                     example(key, path));
  }

  Diagnostics& diagnostics_;
};

}  // namespace

std::set<const CaseNode*> validate(const CaseNode& root, Diagnostics& diagnostics) {
  Validator validator(diagnostics);
  validator.section(root, "");
  return validator.bad;
}

}  // namespace ddpinn
