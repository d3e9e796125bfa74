// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "scaling/measurement.hpp"

#include <ddpinn/error.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <limits>
#include <map>
#include <numeric>

namespace ddpinn {

namespace fs = std::filesystem;

namespace {

using Json = nlohmann::json;

double number(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found == json.end() || !found->is_number() ? 0 : found->get<double>();
}

Json read_json(const fs::path& path) {
  std::ifstream in(path);
  return Json::parse(in, nullptr, false);
}

double largest_error(const Json& summary) {
  double largest = std::numeric_limits<double>::quiet_NaN();
  for (const auto& error : summary.value("errors", Json::array()))
    if (!(largest >= number(error, "l2_relative"))) largest = number(error, "l2_relative");
  return largest;
}

/// What is not in any phase is one too, so that they add up to the whole.
void add_rest(Measurement& run) {
  double known = 0;
  for (const auto& phase : run.phases) known += phase.seconds;
  run.phases.push_back({.name = "other", .seconds = std::max(0.0, run.seconds - known)});
}

std::optional<Measurement> read_run(const fs::path& summary) {
  const auto json = read_json(summary);
  if (!json.is_object() || !json.contains("phases") || json["phases"].empty()) return std::nullopt;
  Measurement run;
  run.ranks = static_cast<int>(number(json, "ranks"));
  run.threads = static_cast<int>(number(json, "threads"));
  run.converged = json.value("converged", false);
  run.seconds = number(json, "seconds");
  run.iterations = number(json, "iterations");
  run.unknowns = number(json, "unknowns");
  run.subdomains = number(json, "subdomains");
  run.error = largest_error(json);
  run.peak_memory = number(json, "peak_memory_bytes");
  run.total_memory = number(json, "total_memory_bytes");
  for (const auto& phase : json["phases"])
    run.phases.push_back({phase.value("name", ""), number(phase, "mean"), number(phase, "cpu"),
                          number(phase, "messages"), number(phase, "bytes"), number(phase, "reductions")});
  add_rest(run);
  const auto machine = summary.parent_path().parent_path() / "machine.json";
  if (fs::exists(machine)) run.machine = read_machine(machine);
  return run;
}

void describe(const fs::path& directory, ScalingResults& results) {
  const auto json = read_json(directory / "study.json");
  results.name = fs::absolute(directory).lexically_normal().filename().string();
  if (!json.is_object()) return;
  results.name = fs::path(json.value("case", results.name)).stem().string();
  results.weak = json.value("mode", "") == "weak";
  results.dimension = json.value("dimension", results.dimension);
}

}  // namespace

double Measurement::messages() const {
  return std::accumulate(phases.begin(), phases.end(), 0.0,
                         [](double s, const auto& p) { return s + p.messages; });
}
double Measurement::bytes() const {
  return std::accumulate(phases.begin(), phases.end(), 0.0,
                         [](double s, const auto& p) { return s + p.bytes; });
}
double Measurement::reductions() const {
  return std::accumulate(phases.begin(), phases.end(), 0.0,
                         [](double s, const auto& p) { return s + p.reductions; });
}
double Measurement::cpu() const {
  return std::accumulate(phases.begin(), phases.end(), 0.0,
                         [](double s, const auto& p) { return s + p.cpu; });
}

PhaseMeasure Measurement::phase(const std::string& name) const {
  const auto found = std::ranges::find(phases, name, &PhaseMeasure::name);
  return found == phases.end() ? PhaseMeasure{.name = name} : *found;
}

Spread ScalingPoint::spread(const std::function<double(const Measurement&)>& figure) const {
  std::vector<double> values;
  for (const auto& run : runs) values.push_back(figure(run));
  std::ranges::sort(values);
  const auto middle = values.size() / 2;
  const double median = values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  return {median, values.front(), values.back()};
}

ScalingResults collect_runs(const fs::path& directory) {
  ScalingResults results;
  describe(directory, results);
  std::vector<fs::path> summaries;
  std::error_code failure;
  for (const auto& entry : fs::recursive_directory_iterator(directory, failure))
    if (entry.path().filename() == "summary.json") summaries.push_back(entry.path());
  std::ranges::sort(summaries);
  std::map<int, ScalingPoint> by_ranks;
  for (const auto& path : summaries) {
    if (auto run = read_run(path)) {
      by_ranks[run->ranks].ranks = run->ranks;
      by_ranks[run->ranks].runs.push_back(std::move(*run));
    } else {
      results.unreadable.push_back(path.parent_path().string());
    }
  }
  if (by_ranks.empty())
    throw Error(
        Status::input_output,
        fmt::format(
            "{}: there are no results of runs in it (a run leaves summary.json when it ends); run the "
            "study first",
            directory.string()));
  for (auto& [ranks, point] : by_ranks) results.points.push_back(std::move(point));
  for (const auto& point : results.points)
    for (const auto& run : point.runs)
      for (const auto& phase : run.phases)
        if (std::ranges::find(results.phase_names, phase.name) == results.phase_names.end())
          results.phase_names.push_back(phase.name);
  return results;
}

}  // namespace ddpinn
