// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/case/case_diagnostics.hpp"
#include "problem/case/case_tree.hpp"
#include "problem/case/case_values.hpp"
#include "problem/table.hpp"

#include <ddpinn/error.hpp>

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace ddpinn {

/// A case file that was held against the table of keys, while it is being read.
struct CaseReader {
  const CaseNode& root;
  std::set<const CaseNode*> bad;  ///< values with an error: they read as if they were not there
  Diagnostics& diagnostics;
  std::set<std::string> asked;  ///< keys that were asked for, as the table spells them
  TableReader tables;           ///< for the files that the case names
};

/// One section of a case file. Reading a key that the table does not know is a mistake of ours:
/// std::logic_error.
class Section {
 public:
  explicit Section(CaseReader& reader) : Section(reader, &reader.root, "") {}

  /// Sets `target` if the key is there and its value is right. @returns whether it did
  template <class Value>
  bool read(const std::string& key, Value& target) const {
    const auto* node = good(key);
    if (node) from_node(*node, target);
    return node != nullptr;
  }

  /// Whether the key is there, right or not.
  bool has(const std::string& key) const;
  /// Whether the key is there with a value for which an error is reported already.
  bool is_wrong(const std::string& key) const;
  /// Where the key's value stands, or one of its items; the section itself where the key is not there.
  Location at(const std::string& key) const;
  Location at(const std::string& key, std::size_t item) const;
  const Location& at() const;

  /// A section within; empty where it is not there.
  Section section(const std::string& key) const;
  /// A section at "krylov.inner", or this one where the path is empty.
  Section inner(std::string_view path) const;
  /// The [[sections]] of that name.
  std::vector<Section> sections(const std::string& key) const;
  /// The names in a section where the user chooses them, in the file's order, and where each stands.
  std::vector<std::pair<std::string, Location>> names() const;

  void error(const Location& at, const std::string& message) const { reader_->diagnostics.add(at, message); }
  /// @throws Error as TableReader does
  Table table(const std::string& path) const { return reader_->tables(path); }
  Diagnostics& diagnostics() const { return reader_->diagnostics; }

 private:
  Section(CaseReader& reader, const CaseNode* node, std::string path)
      : reader_(&reader), node_(node), path_(std::move(path)) {}
  const CaseNode* good(const std::string& key) const;

  CaseReader* reader_;
  const CaseNode* node_;
  std::string path_;
};

}  // namespace ddpinn
