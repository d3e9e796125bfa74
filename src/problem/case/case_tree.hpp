// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <ddpinn/error.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace ddpinn {

struct CaseMember;

/// A value of a case file with the place where it stands. Members of a table keep the file's order, since
/// definitions may use only those before them.
struct CaseNode {
  enum class Kind {
    text,
    integer,
    number,
    boolean,
    array,
    table,
    other,
    none  ///< of an option that is not set: TOML has no such value
  };

  Kind kind = Kind::table;
  Location at;      ///< first character of the value; of the header, for a section
  Location inside;  ///< text: first character inside the quotes
  std::string text;
  long long integer = 0;
  double number = 0;  ///< set for integers too
  bool boolean = false;
  std::vector<CaseNode> items;
  std::vector<CaseMember> members;

  const CaseNode* find(std::string_view key) const;
  CaseNode* find(std::string_view key);
  /// The value at "section.key"; null where it is not there.
  const CaseNode* find_path(std::string_view path) const;
  /// The value at "section.key", which is made where it is not there.
  CaseNode& at_path(std::string_view path);
  void erase(std::string_view key);
  /// Whether there is nothing in it: no value, no text, no items, no members.
  bool is_empty() const;
  bool is_number() const { return kind == Kind::number || kind == Kind::integer; }
};

struct CaseMember {
  std::string key;
  Location at;
  CaseNode value;
};

/// @throws Error (Status::case_file) at the first place where the text is not TOML.
CaseNode parse_toml(const std::string& text, const std::string& name);

/// Sets one value from the command line. @param override "key=value" where the value is TOML, or a bare word;
/// sections of which there are several are named by number or by their name: "equation.poisson.weight=2".
/// @throws Error (Status::case_file)
void apply_override(CaseNode& root, const std::string& override);

/// The value as TOML writes it, on one line.
std::string as_toml(const CaseNode& node);  ///< "auto" for none
std::string as_toml(double value);
std::string as_toml(const std::string& text);

}  // namespace ddpinn
