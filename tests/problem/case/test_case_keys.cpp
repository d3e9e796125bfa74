// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/case/case_keys.hpp"

#include "problem/case/case_key_lists.hpp"
#include "problem/case/case_parts.hpp"
#include "problem/case/case_validate.hpp"
#include "problem/case_support.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <set>
#include <string>

using ddpinn::case_keys;
using ddpinn::CaseKey;
using ddpinn::KeyType;

namespace {

bool is_section(const CaseKey& key) { return key.type == KeyType::section || key.type == KeyType::sections; }

ddpinn::CaseNode toml_value(const std::string& value) {
  return ddpinn::parse_toml("value = " + value, "value").members.front().value;
}

/// What the parser looks for in a case.
std::set<std::string> keys_asked_of(const std::string& text) {
  const auto name = ddpinn::test::config_path("case.toml");
  ddpinn::Diagnostics diagnostics(name, text);
  const auto root = ddpinn::parse_toml(text, name);
  ddpinn::CaseReader reader{root, ddpinn::validate(root, diagnostics), diagnostics, {}, ddpinn::read_csv};
  ddpinn::CaseFile file;
  file.path = name;
  ddpinn::interpret(ddpinn::Section(reader), file);
  diagnostics.throw_if_any();
  return {reader.asked.begin(), reader.asked.end()};
}

}  // namespace

TEST_CASE("every key has a text, and says what happens without it", "[case]") {
  for (const auto& key : case_keys()) {
    CAPTURE(std::string(key.path));
    REQUIRE(key.text.size() > 5);
    REQUIRE(key.text.ends_with('.'));
    REQUIRE((key.required || !key.standard.empty() || !key.otherwise.empty()));
    REQUIRE(!ddpinn::requirement(key).empty());
  }
}

TEST_CASE("keys are there once, within known sections", "[case]") {
  for (const auto& key : case_keys()) {
    CAPTURE(std::string(key.path));
    const auto same = [&](const CaseKey& other) { return other.path == key.path; };
    REQUIRE(std::count_if(case_keys().begin(), case_keys().end(), same) == 1);
    const auto section = ddpinn::first_parts(key.path);
    if (!section.empty()) REQUIRE(ddpinn::find_key(section));
    if (!section.empty()) REQUIRE(is_section(*ddpinn::find_key(section)));
  }
}

TEST_CASE("defaults and examples are what their keys take", "[case]") {
  for (const auto& key : case_keys()) {
    CAPTURE(std::string(key.path));
    if (!key.standard.empty()) REQUIRE(ddpinn::accepts(key, toml_value(std::string(key.standard))));
    if (!key.example.empty() && !is_section(key))
      REQUIRE(ddpinn::accepts(key, toml_value(std::string(key.example))));
    if (key.required && !is_section(key)) REQUIRE(!key.example.empty());
  }
}

TEST_CASE("the parser reads every key of this version", "[case]") {
  auto asked = keys_asked_of(ddpinn::test::full_case);
  asked.merge(keys_asked_of(ddpinn::test::energy_case));
  asked.merge(keys_asked_of(ddpinn::test::law_case));
  for (const auto& key : case_keys()) {
    CAPTURE(std::string(key.path));
    REQUIRE(asked.contains(std::string(key.path)));
  }
}

TEST_CASE("the table's defaults are the ones that are used", "[case]") {
  std::string text = "title = \"\"\nfields = [\"u\"]\n" + ddpinn::test::small_case + "weight = \"auto\"\n";
  text.insert(text.find("[domain]\n") + 9, "periodic = []\n");
  for (const auto& section : case_keys()) {
    if (section.type != KeyType::section || section.path.find('*') != std::string_view::npos) continue;
    std::string lines;
    for (const auto* key : ddpinn::keys_of(section.path))
      if (!key->standard.empty())
        lines += std::string(ddpinn::last_part(key->path)) + " = " + std::string(key->standard) + "\n";
    if (!lines.empty() && section.path != "domain")
      text.append("[").append(section.path).append("]\n").append(lines);
  }
  REQUIRE(ddpinn::resolved_case(ddpinn::test::parse(text)) ==
          ddpinn::resolved_case(ddpinn::test::parse(ddpinn::test::small_case)));
}

TEST_CASE("a choice is written with the word that it is read from", "[case]") {
  const auto& table = ddpinn::options_table();
  for (const auto& key : table.keys)
    for (const auto choice : key.choices) {
      CAPTURE(std::string(key.path), std::string(choice));
      ddpinn::CaseNode root;
      root.at_path(key.path) = ddpinn::to_node(std::string(choice));
      ddpinn::Diagnostics diagnostics("", "");
      ddpinn::CaseReader reader{root, {}, diagnostics, {}, ddpinn::read_csv};
      ddpinn::Options options;
      table.read(ddpinn::Section(reader), options);
      auto written = table.node(options);
      const auto& value = written.at_path(key.path);
      REQUIRE((key.single ? value.items.at(0) : value).text == choice);
    }
}

TEST_CASE("the reference names every key", "[case]") {
  const auto reference = ddpinn::case_reference();
  for (const auto& key : case_keys()) {
    CAPTURE(std::string(key.path));
    REQUIRE(reference.find(std::string(key.path)) != std::string::npos);
  }
}
