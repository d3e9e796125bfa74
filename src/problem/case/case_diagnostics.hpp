// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <ddpinn/error.hpp>

#include <string>
#include <vector>

namespace ddpinn {

/// Collects the errors of a case file, so that all of them are reported at once, and remarks, which stop
/// nothing.
class Diagnostics {
 public:
  /// @param name stands for the file in messages @param text the file's text, quoted below each message
  Diagnostics(std::string name, const std::string& text);

  /// @param message "what is wrong (why); what to do", without the place
  void add(const Location& at, const std::string& message);

  /// An error that is complete with place and excerpt already. The same error twice is reported once.
  void add(const Error& error);

  /// What the user should know though the file is right. @param message as for an error; it is not excerpted
  void remark(const Location& at, const std::string& message) { remarks_.push_back(prefix(at) + message); }

  /// The number of errors.
  std::size_t size() const { return entries_.size(); }
  const std::vector<std::string>& remarks() const { return remarks_; }

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
  std::vector<std::string> remarks_;
};

/// Sections in each other; deeper ones would only exhaust the stack.
constexpr int deepest_key = 64;

/// The text of a case file. @throws Error (Status::input_output)
std::string case_text(const std::string& path);

}  // namespace ddpinn
