// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/report/history.hpp"
#include "io/report/phase_table.hpp"
#include "io/report/summary.hpp"
#include "problem/case/case_key_lists.hpp"
#include "support/catch.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

Result example_result() {
  Result result;
  result.errors = {{"u", 1.234e-6, 4.5e-6, 0.001, 274625}};
  result.history = {{1, 0, 1.0, std::nan(""), 0.5}, {1, 1, 0.125, 3.0, 0.75}};
  result.phases = {{"assembly", 1.0, 1.5, 2.0}, {"a long phase's name", 0.25, 0.5, 0.75}};
  result.iterations = 46;
  result.residual = 2.5e-11;
  result.seconds = 11.2;
  result.ranks = 2;
  result.subdomains = 64;
  result.unknowns = 6656;
  return result;
}

}  // namespace

TEST_CASE("result lines have the format that scripts read") {
  const auto lines = result_lines(example_result());
  REQUIRE(lines.size() == 2);
  REQUIRE(lines[0] ==
          "result: field=u l2_relative=1.234e-06 linf=4.500e-06 l1_over_std=1.000e-03 points=274625");
  REQUIRE(lines[1] ==
          "result: iterations=46 residual=2.500e-11 seconds=11.20 ranks=2 subdomains=64 unknowns=6656");
}

TEST_CASE("the summary is JSON with the result and what is needed to repeat the run") {
  auto result = example_result();
  result.scale = std::nan("");
  RunRecord record{"a \"title\"", "case.toml", {}, {{"ddpinn", "0.1.0"}}, "node1", 1};
  const auto json = nlohmann::json::parse(summary_text(result, record));
  REQUIRE(json["title"] == "a \"title\"");
  REQUIRE(json["errors"][0]["l2_relative"] == 1.234e-6);
  REQUIRE(json["unknowns"] == 6656);
  REQUIRE(json["scale"].is_null());
  REQUIRE(json["versions"]["ddpinn"] == "0.1.0");
  REQUIRE(json["options"]["network"]["hidden"][0] == 100);
  REQUIRE(json["phases"].size() == 2);
}

TEST_CASE("the summary holds every option under its name in the case file") {
  const RunRecord record{"", "case.toml", {}, {}, "node1", 1};
  const auto options = nlohmann::json::parse(summary_text(example_result(), record))["options"];
  for (const auto& binding : options_table().bindings) {
    INFO(binding.path);
    std::string pointer = "/" + binding.path;
    std::ranges::replace(pointer, '.', '/');
    REQUIRE(options.contains(nlohmann::json::json_pointer(pointer)));
  }
  REQUIRE(options["decomposition"]["interface"]["local_steps"] == 10);
  REQUIRE(options["solver"]["krylov"]["max_iterations"] == 1000);
  REQUIRE(options["solver"]["method"][0] == "least-squares");
  REQUIRE(options["solver"]["time_limit"].is_null());
}

TEST_CASE("the history is CSV with a header and nan for what is unknown") {
  REQUIRE(history_text(example_result().history) ==
          "nonlinear,krylov,residual,objective,seconds\n1,0,1,nan,0.5\n1,1,0.125,3,0.75\n");
}

TEST_CASE("the table of phases is aligned") {
  const auto table = phase_table(example_result().phases, 10.0);
  const auto width = table.find('\n');
  for (std::size_t at = 0; at < table.size(); at += width + 1) REQUIRE(table[at + width] == '\n');
  REQUIRE(contains(table, "15.0 %"));
  REQUIRE(phase_table({}, 1.0).empty());
}
