// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace ddpinn {

/// What a key takes.
enum class KeyType {
  section,     ///< [section]
  sections,    ///< [[section]]: any number of them
  text,        ///< "..."
  expression,  ///< "...": mathematics
  boolean,     ///< true, false
  integer,     ///< 3
  number,      ///< 0.5
  automatic,   ///< "auto", or a number
  duration,    ///< "30min", or a number of seconds
  texts,       ///< ["x", "y"]
  integers,    ///< [4, 4]
  numbers,     ///< [0.5, 1]
  lists_of_integers,
  lists_of_numbers,
  places  ///< [[0, 0], [1, 0.5]], or the name of a shape in quotes
};

/// One key of the case file: all that the parser, the messages and the reference text know of it.
struct CaseKey {
  std::string path = {};  ///< "points.interior"; '*' stands for any name; [[sections]] are not numbered
  KeyType type = KeyType::text;
  std::string_view text = {};       ///< one line for the reader of `ddpinn help case`
  std::string standard = {};        ///< the default as TOML writes it; empty: see `otherwise`
  std::string_view otherwise = {};  ///< in words, what happens without the key
  bool required = false;
  bool single = false;  ///< of a list: one number stands for a list of equal ones
  std::string_view unit = {};
  double minimum = -std::numeric_limits<double>::infinity();
  double maximum = std::numeric_limits<double>::infinity();
  bool above_minimum = false;                  ///< the minimum itself is not allowed
  std::vector<std::string_view> choices = {};  ///< of a text
  std::string_view example = {};               ///< a value that works, as TOML writes it
};

/// Every key, section by section.
const std::vector<CaseKey>& case_keys();

/// The key that a path without numbers names; null where there is none.
const CaseKey* find_key(std::string_view path);

/// The keys of one section ("" for the top).
std::vector<const CaseKey*> keys_of(std::string_view section);

/// The path's last part, and what stands before it.
std::string_view last_part(std::string_view path);
std::string_view first_parts(std::string_view path);

/// In words, what a key takes: "a whole number from 1 to 1000".
std::string requirement(const CaseKey& key);

/// "key = value", or the first line of a section: something that works.
/// @param path the key's path in the file, where the table's holds '*'
std::string example(const CaseKey& key, std::string_view path);

/// "a, b or c"
std::string listed(const std::vector<std::string>& words, std::string_view last_word);

}  // namespace ddpinn
