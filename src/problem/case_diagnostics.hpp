// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <ddpinn/error.hpp>

#include <string>
#include <vector>

namespace ddpinn {

/// Collects the errors of a case file, so that all of them are reported at once.
class Diagnostics {
 public:
  /// @param name stands for the file in messages @param text the file's text, quoted below each message
  Diagnostics(std::string name, const std::string& text);

  /// @param message "what is wrong (why); what to do", without the place
  void add(const Location& at, const std::string& message);

  /// An error that is complete with place and excerpt already. The same error twice is reported once.
  void add(const Error& error);

  std::size_t size() const { return entries_.size(); }

  /// @throws Error (Status::case_file) with every error, sorted by line, if there is any.
  void throw_if_any() const;

 private:
  struct Entry {
    int line = 0;
    int column = 0;
    std::string message;
  };
  std::string excerpt(const Location& at) const;
  void insert(Entry entry);

  std::string name_;
  std::vector<std::string> lines_;
  std::vector<Entry> entries_;
};

}  // namespace ddpinn
