// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/case/case_keys.hpp"
#include "problem/case/case_section.hpp"
#include "problem/case/case_values.hpp"

#include <functional>
#include <map>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace ddpinn {

/// How a case file writes a member of this type, unless the key says otherwise.
template <class Value>
inline constexpr KeyType key_type = std::is_enum_v<Value> ? KeyType::text : KeyType::integer;
template <>
inline constexpr KeyType key_type<bool> = KeyType::boolean;
template <>
inline constexpr KeyType key_type<double> = KeyType::number;
template <>
inline constexpr KeyType key_type<std::string> = KeyType::text;
template <>
inline constexpr KeyType key_type<Text> = KeyType::expression;
template <>
inline constexpr KeyType key_type<std::optional<Text>> = KeyType::expression;
template <>
inline constexpr KeyType key_type<std::optional<double>> = KeyType::automatic;
template <class Value>
inline constexpr KeyType key_type<std::vector<Value>> = KeyType::texts;
template <>
inline constexpr KeyType key_type<std::vector<int>> = KeyType::integers;
template <>
inline constexpr KeyType key_type<std::vector<double>> = KeyType::numbers;
template <>
inline constexpr KeyType key_type<std::vector<std::vector<int>>> = KeyType::lists_of_integers;
template <>
inline constexpr KeyType key_type<std::vector<std::vector<double>>> = KeyType::lists_of_numbers;

/// The words that a member of this type is one of, or a list of; empty where it is no enumeration.
template <class Value>
struct Words {
  static std::vector<std::string_view> all() {
    if constexpr (!std::is_enum_v<Value>)
      return {};
    else
      return {spellings<Value>.begin(), spellings<Value>.end()};
  }
};
template <class Value>
struct Words<std::vector<Value>> : Words<Value> {};

/// A table of keys and the members of `Root` that they set: reading, checking, the reference text, defaults
/// (those of a new Root) and writing follow from it.
template <class Root>
struct KeyTable {
  struct Binding {
    std::string path;  ///< within Root's section: "krylov.type"
    std::function<void(const Section&, const std::string& name, Root&)> read;
    std::function<CaseNode(Root&)> value;
  };

  std::vector<CaseKey> keys;
  std::vector<Binding> bindings;

  /// Sets what the section says. What is not there, or is wrong, stays.
  void read(const Section& section, Root& root) const {
    for (const auto& binding : bindings)
      binding.read(section.inner(first_parts(binding.path)), std::string(last_part(binding.path)), root);
  }

  /// All keys with their values, as a case file holds them.
  CaseNode node(Root root) const {
    CaseNode table;
    for (const auto& binding : bindings) table.at_path(binding.path) = binding.value(root);
    return table;
  }
};

/// Writes one section of a table.
/// @tparam Owner the part of Root whose members the section's keys are
template <class Root, class Owner = Root>
class KeySection {
 public:
  using Access = std::function<Owner&(Root&)>;

  /// @param base path of Root's own section; empty for the whole file
  /// @param path of this section within it
  KeySection(KeyTable<Root>& table, std::string base, std::string path, Access owner)
      : table_(&table), base_(std::move(base)), path_(std::move(path)), owner_(std::move(owner)) {}

  /// A key and the member that it sets.
  template <class Value>
  const KeySection& key(const std::string& name, Value Owner::*member, CaseKey facts) const {
    return bind(name, key_type<Value>, member, std::move(facts));
  }

  /// The same where the type of the member does not say how it is written.
  template <class Value>
  const KeySection& typed(const std::string& name, KeyType type, Value Owner::*member, CaseKey facts) const {
    return bind(name, type, member, std::move(facts));
  }

  /// A section whose keys are names of the user's choice.
  template <class Value>
  const KeySection& names(const std::string& name, std::map<std::string, Value> Owner::*member,
                          CaseKey section, CaseKey each) const {
    declare(name, KeyType::section, std::move(section));
    declare(name + ".*", key_type<Value>, std::move(each));
    const auto value = [owner = owner_, member](Root& root) {
      CaseNode node;
      for (const auto& [key, entry] : owner(root).*member) {
        auto member_value = to_node(entry);
        node.members.push_back({key, {}, std::move(member_value)});
      }
      return node;
    };
    const auto read = [owner = owner_, member](const Section& around, const std::string& key, Root& root) {
      const auto chosen = around.section(key);
      for (const auto& [label, at] : chosen.names())
        if (Value entry{}; chosen.read(label, entry)) (owner(root).*member)[label] = entry;
    };
    table_->bindings.push_back({joined(path_, name), read, value});
    return *this;
  }

  /// A section whose keys are the members of a member.
  template <class Inner>
  KeySection<Root, Inner> part(const std::string& name, Inner Owner::*member, CaseKey facts) const {
    declare(name, KeyType::section, std::move(facts));
    return {*table_, base_, joined(path_, name),
            [owner = owner_, member](Root& root) -> Inner& { return owner(root).*member; }};
  }

  /// A section of this Owner's own members.
  KeySection group(const std::string& name, CaseKey facts) const {
    declare(name, KeyType::section, std::move(facts));
    return within(name);
  }

  /// The same for a section that is declared already.
  KeySection within(const std::string& name) const { return {*table_, base_, joined(path_, name), owner_}; }

  /// A key that sets nothing.
  const KeySection& declare(const std::string& name, KeyType type, CaseKey facts) const {
    facts.path = joined(base_, joined(path_, name));
    facts.type = type;
    table_->keys.push_back(std::move(facts));
    return *this;
  }

 private:
  static std::string joined(const std::string& section, const std::string& name) {
    return section.empty() ? name : section + "." + name;
  }

  template <class Value>
  const KeySection& bind(const std::string& name, KeyType type, Value Owner::*member, CaseKey facts) const {
    const auto value = [owner = owner_, member](Root& root) { return to_node(owner(root).*member); };
    const auto read = [owner = owner_, member](const Section& section, const std::string& key, Root& root) {
      section.read(key, owner(root).*member);
    };
    if (facts.choices.empty()) facts.choices = Words<Value>::all();
    if (!facts.required && facts.otherwise.empty() && facts.standard.empty()) {
      Root standard;
      const auto node = value(standard);
      facts.standard = as_toml(facts.single && node.items.size() == 1 ? node.items.front() : node);
    }
    table_->bindings.push_back({joined(path_, name), read, value});
    return declare(name, type, std::move(facts));
  }

  KeyTable<Root>* table_;
  std::string base_, path_;
  Access owner_;
};

}  // namespace ddpinn
