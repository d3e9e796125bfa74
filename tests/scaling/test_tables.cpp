// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "scaling/example_results.hpp"
#include "scaling/tables.hpp"
#include "support/catch.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <sstream>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

ScalingResults study() {
  return example_results({1, 2, 4}, false, [](int p, double n) { return n / 64 * 8 / p; });
}

}  // namespace

TEST_CASE("Spread is the median with the least and the greatest", "[scaling]") {
  ScalingPoint point{2, std::vector<Measurement>(4)};
  for (int i = 0; i < 4; ++i) point.runs[i].seconds = std::vector{3.0, 1.0, 10.0, 2.0}[i];
  const auto spread = point.spread([](const Measurement& run) { return run.seconds; });
  REQUIRE(spread.median == 2.5);
  REQUIRE(spread.least == 1);
  REQUIRE(spread.greatest == 10);
}

TEST_CASE("Efficiency is against the first point", "[scaling]") {
  auto results = study();
  REQUIRE(efficiency(results, 8, 4, 2) == 1);
  REQUIRE(efficiency(results, 8, 4, 4) == 0.5);
  results.weak = true;
  REQUIRE(efficiency(results, 8, 10, 4) == 0.8);
}

TEST_CASE("Tables have a row per number of ranks and the same columns in all rows", "[scaling]") {
  const auto results = study();
  const ScalingModel model(results, ScalingClock::wall);
  for (const auto& table : {points_table(results), runs_table(results), model_table(results, model)}) {
    REQUIRE(table.size() == 4);
    REQUIRE(std::ranges::all_of(table, [&](const auto& row) { return row.size() == table[0].size(); }));
  }
  REQUIRE(phases_table(results).size() == 4);   // "other" took no time
  REQUIRE(traffic_table(results).size() == 2);  // only Krylov iterations send
  REQUIRE(traffic_table(results)[1][3] == "100, 1, 30");
  REQUIRE(prediction_table(results, model, 100).back().front() == "100");
  REQUIRE(largest_model_error(results, model) < 0.02);
}

TEST_CASE("Markdown and CSV hold the same cells", "[scaling]") {
  const TextTable table{{"a", "b"}, {"1", "2"}};
  REQUIRE(as_csv(table) == "a,b\n1,2\n");
  REQUIRE(as_markdown(table) == "| a | b |\n|---|---|\n| 1 | 2 |\n");
}

TEST_CASE("Extra-P gets a JSON object per run, phase and metric", "[scaling]") {
  std::istringstream lines(extra_p_lines(study()));
  int count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    const auto json = nlohmann::json::parse(line);
    REQUIRE(json["params"]["p"].is_number_integer());
    REQUIRE(json["value"].is_number());
    REQUIRE(json["callpath"].get<std::string>().starts_with("run"));
  }
  REQUIRE(count == 3 * (2 + 4 * 4));
}
