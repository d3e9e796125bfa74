// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/case/case_file.hpp"
#include "problem/case/case_keys.hpp"

#include <sstream>

namespace ddpinn {
namespace {

/// Breaks a text into lines of at most 100 characters, each indented.
std::string wrapped(const std::string& text, const std::string& indent) {
  constexpr std::size_t width = 100;
  std::istringstream words(text);
  std::string result;
  std::string line = indent;
  for (std::string word; words >> word;) {
    if (line.size() > indent.size() && line.size() + 1 + word.size() > width) {
      result += line + "\n";
      line = indent;
    }
    line += (line.size() > indent.size() ? " " : "") + word;
  }
  return result + line + "\n";
}

std::string facts(const CaseKey& key) {
  std::string text = requirement(key);
  if (!key.unit.empty()) text += "; unit: " + std::string(key.unit);
  if (key.required) return text + "; required, for example " + example(key, key.path);
  text.append("; default: ").append(key.standard.empty() ? key.otherwise : key.standard);
  return text;
}

std::string heading(const CaseKey& key) {
  const bool several = key.type == KeyType::sections;
  std::string text = (several ? "\n[[" : "\n[") + std::string(key.path) + (several ? "]]\n" : "]\n");
  text += wrapped(std::string(key.text), "  ");
  return text;
}

}  // namespace

std::string case_reference() {
  std::string text =
      "The case file: every key, what it takes, and its default. '*' stands for a name of your choice.\n\n";
  for (const auto& key : case_keys()) {
    if (key.type == KeyType::section || key.type == KeyType::sections) {
      text += heading(key);
    } else {
      text +=
          std::string(key.path) + "\n" + wrapped(std::string(key.text), "    ") + wrapped(facts(key), "    ");
    }
  }
  return text;
}

}  // namespace ddpinn
