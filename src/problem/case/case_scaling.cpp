// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/case/case_key_lists.hpp"

#include "problem/case/case_diagnostics.hpp"
#include "problem/case/case_validate.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ddpinn {

namespace {

// clang-format off
KeyTable<ScalingOptions> make_table() {
  KeyTable<ScalingOptions> table;
  const KeySection<ScalingOptions> root(table, "", "", [](ScalingOptions& options) -> ScalingOptions& { return options; });
  const auto scaling = root.group("scaling", {
    .text = "How the case grows with the ranks in ddpinn scaling --mode weak; a run does not look at it.",
    .otherwise = "defaults"});
  scaling.key("directions", &ScalingOptions::directions, {
    .text = "Coordinates along which subdomains, and cells of [coarse], multiply.",
    .otherwise = "all coordinates but t", .example = "[\"x\", \"y\"]"});
  scaling.names("parameters", &ScalingOptions::parameters, {
    .text = "Parameters that grow as subdomains do, such as frequencies.", .otherwise = "none"},
    {.text = "The coordinate whose subdomains the parameter grows with; \"all\": with the geometric mean over "
        "the directions.", .otherwise = "the parameter stays", .example = "\"all\""});
  return table;
}
// clang-format on

void check_name(const Section& section, const Location& at, const std::string& key, const std::string& name,
                const std::vector<std::string>& known) {
  if (std::ranges::find(known, name) == known.end())
    section.error(at, fmt::format("'{}' names '{}', which is no direction (there are {}); use one of these",
                                  key, name, listed(known, "and")));
}

}  // namespace

const KeyTable<ScalingOptions>& scaling_table() {
  static const auto table = make_table();
  return table;
}

ScalingOptions read_scaling(const Section& root, const Problem& problem) {
  ScalingOptions scaling;
  scaling_table().read(root, scaling);
  const auto section = root.section("scaling");
  auto directions = problem.domain.coordinates;
  for (std::size_t i = 0; i < scaling.directions.size(); ++i)
    check_name(section, section.at("directions", i), "scaling.directions", scaling.directions[i], directions);
  directions.emplace_back("all");
  const auto parameters = section.section("parameters");
  for (const auto& [name, at] : parameters.names()) {
    if (std::ranges::find(problem.parameters, name, &std::pair<std::string, double>::first) ==
        problem.parameters.end())
      section.error(at,
                    fmt::format("'scaling.parameters.{}' is no parameter (it is not in [parameters]); name "
                                "one that is",
                                name));
    if (const auto along = scaling.parameters.find(name); along != scaling.parameters.end())
      check_name(section, at, "scaling.parameters." + name, along->second, directions);
  }
  return scaling;
}

}  // namespace ddpinn
