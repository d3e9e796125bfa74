// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/case/case_diagnostics.hpp"
#include "problem/case/case_tree.hpp"

#include <toml++/toml.h>
#include <algorithm>
#include <cctype>
#include <optional>
#include <sstream>
#include <string_view>
#include <tuple>

namespace ddpinn {
namespace {

/// Turns the parser's tree into ours. Columns count characters, not bytes, as the parser's do.
class Converter {
 public:
  Converter(const std::string& text, std::string name) : name_(std::move(name)) {
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) lines_.push_back(line);
  }

  CaseNode convert(const toml::node& node) const {
    CaseNode result;
    result.at = location(node.source());
    if (auto table = node.as_table()) {
      convert_table(*table, result);
    } else if (auto array = node.as_array()) {
      result.kind = CaseNode::Kind::array;
      for (const auto& item : *array) result.items.push_back(convert(item));
    } else {
      convert_value(node, result);
    }
    return result;
  }

 private:
  Location location(const toml::source_region& source) const {
    return {name_, static_cast<int>(source.begin.line), static_cast<int>(source.begin.column)};
  }

  void convert_table(const toml::table& table, CaseNode& result) const {
    result.kind = CaseNode::Kind::table;
    for (const auto& [key, value] : table)
      result.members.push_back({std::string(key.str()), location(key.source()), convert(value)});
    std::stable_sort(result.members.begin(), result.members.end(), [](const auto& a, const auto& b) {
      return std::tie(a.at.line, a.at.column) < std::tie(b.at.line, b.at.column);
    });
  }

  void convert_value(const toml::node& node, CaseNode& result) const {
    if (auto text = node.as_string()) {
      result.kind = CaseNode::Kind::text;
      result.text = text->get();
      result.inside = inside_quotes(result.at);
    } else if (auto integer = node.as_integer()) {
      result.kind = CaseNode::Kind::integer;
      result.integer = integer->get();
      result.number = result.integer;
    } else if (auto number = node.as_floating_point()) {
      result.kind = CaseNode::Kind::number;
      result.number = number->get();
    } else if (auto boolean = node.as_boolean()) {
      result.kind = CaseNode::Kind::boolean;
      result.boolean = boolean->get();
    } else {
      result.kind = CaseNode::Kind::other;
      result.text = "a date or time";
    }
  }

  Location inside_quotes(const Location& at) const {
    if (at.line < 1 || at.line > static_cast<int>(lines_.size())) return at;
    std::string_view line = lines_[at.line - 1];
    std::size_t byte = 0;
    for (int column = 1; column < at.column && byte < line.size(); ++byte)
      if (byte + 1 >= line.size() || (line[byte + 1] & 0xc0) != 0x80) ++column;
    line.remove_prefix(std::min(byte, line.size()));
    if (!line.starts_with("\"\"\"") && !line.starts_with("'''")) return {at.file, at.line, at.column + 1};
    // TOML drops a line break that follows the opening quotes at once.
    if (line.size() == 3 || line.substr(3) == "\r") return {at.file, at.line + 1, 1};
    return {at.file, at.line, at.column + 3};
  }

  std::string name_;
  std::vector<std::string> lines_;
};

/// The first place where a key has more parts than any of ours. What is in quotes has none, nor a comment.
std::optional<Location> too_deep(std::string_view text, const std::string& name) {
  int dots = 0, line = 1;
  const auto skip = [&](std::size_t from, std::string_view mark, bool escapes) {
    while (from < text.size() && !text.substr(from).starts_with(mark)) {
      if (text[from] == '\n') ++line;
      from += escapes && text[from] == '\\' ? 2 : 1;
    }
    return from + mark.size();
  };
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    const auto rest = text.substr(i);
    if (c == '"' || c == '\'') {
      const std::string mark(rest.starts_with(std::string(3, c)) ? 3 : 1, c);
      i = skip(i + mark.size(), mark, c == '"');
      continue;
    }
    if (c == '#') {
      i = std::min(text.find('\n', i), text.size());
      continue;
    }
    if (c == '.') ++dots;
    const bool part = c == '.' || c == '_' || c == '-' || c == ' ' || c == '\t' ||
                      std::isalnum(static_cast<unsigned char>(c));
    if (!part) dots = 0;
    if (c == '\n') ++line;
    if (dots > deepest_key) return Location{name, line, 1};
    ++i;
  }
  return std::nullopt;
}

}  // namespace

CaseNode parse_toml(const std::string& text, const std::string& name) {
  if (const auto at = too_deep(text, name))
    throw Error(Status::case_file, *at,
                "a key has more than " + std::to_string(deepest_key) +
                    " parts (no key of a case has); see ddpinn help case");
  try {
    toml::table table = toml::parse(text, name);
    CaseNode root = Converter(text, name).convert(table);
    root.at = {name, 0, 0};
    return root;
  } catch (const toml::parse_error& error) {
    const auto& begin = error.source().begin;
    Diagnostics diagnostics(name, text);
    diagnostics.add({name, static_cast<int>(begin.line), static_cast<int>(begin.column)},
                    "this is not TOML (" + std::string(error.description()) + "); see https://toml.io");
    diagnostics.throw_if_any();
    throw;
  }
}

}  // namespace ddpinn
