// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/report/page.hpp"

#include "io/disk.hpp"
#include "io/report/html.hpp"
#include "io/report/progress.hpp"
#include "io/report/run_files.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace ddpinn {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using html::escaped;

/// Seconds between two looks at a run that goes on.
constexpr int refresh = 10;

bool flag(const Json& summary, const std::string& key) {
  return summary.contains(key) && summary[key].is_boolean() && summary[key].get<bool>();
}

/// A value as a reader wants it; a dash for what is missing.
std::string shown(const Json& value) {
  if (value.is_null()) return "&ndash;";
  if (value.is_string()) return escaped(value.get<std::string>());
  if (value.is_number_float()) return fmt::format("{:.6g}", value.get<double>());
  return escaped(value.dump());
}

std::string at(const Json& summary, const std::string& key) {
  return summary.contains(key) ? shown(summary[key]) : "&ndash;";
}

bool has_ended(const Json& summary) { return summary.contains("seconds"); }

std::string verdict(const fs::path& run, const Json& summary) {
  const auto reason = at(summary, "stop_reason");
  if (!has_ended(summary)) {
    const auto now = read_progress(run);
    return fmt::format(
        "<p class=\"open\"><b>No result yet</b><br>{}</p>\n",
        now ? fmt::format("{}, since {}", escaped(now->phase), duration_text(now->seconds)) : reason);
  }
  if (flag(summary, "converged"))
    return fmt::format("<p class=\"good\"><b>Converged</b><br>{}</p>\n", reason);
  const bool resolved = flag(summary, "resolved");
  return fmt::format("<p class=\"bad\"><b>{}</b><br>{}</p>\n", resolved ? "Not converged" : "Not resolved",
                     resolved ? reason : at(summary, "unresolved_because") + "<br>" + reason);
}

/// A list of objects as a table of some of their members.
std::string list_table(const Json& summary, const std::string& key,
                       const std::vector<std::pair<std::string, std::string>>& columns) {
  if (!summary.contains(key) || !summary[key].is_array() || summary[key].empty()) return {};
  std::vector<std::vector<std::string>> rows(1);
  for (const auto& [member, title] : columns) rows[0].push_back(title);
  for (const auto& item : summary[key]) {
    auto& row = rows.emplace_back();
    for (const auto& [member, title] : columns) row.push_back(at(item, member));
  }
  return html::table(rows);
}

std::string accuracy(const Json& summary) {
  return list_table(summary, "errors",
                    {{"field", "field"},
                     {"l2_relative", "relative L2 error"},
                     {"linf", "largest error"},
                     {"points", "points"}}) +
         list_table(summary, "estimated_errors",
                    {{"field", "field"}, {"l2_relative", "estimated relative L2 error"}});
}

std::string effort(const Json& summary) {
  std::vector<std::vector<std::string>> rows{{"", ""}};
  for (const auto* key : {"iterations", "nonlinear_iterations", "residual", "seconds", "ranks", "threads",
                          "subdomains", "unknowns", "rows", "peak_memory_bytes", "host"})
    if (summary.contains(key)) rows.push_back({key, shown(summary[key])});
  return rows.size() > 1 ? html::table(rows) : "";
}

std::string phases(const Json& summary) {
  if (!summary.contains("phases") || summary["phases"].empty()) return {};
  double longest = 0;
  for (const auto& phase : summary["phases"]) longest = std::max(longest, phase.value("max", 0.0));
  std::vector<std::vector<std::string>> rows{{"phase", "least of ranks [s]", "mean [s]", "most [s]", ""}};
  for (const auto& phase : summary["phases"])
    rows.push_back({at(phase, "name"), at(phase, "min"), at(phase, "mean"), at(phase, "max"),
                    fmt::format("<span class=\"bar\" style=\"width:{:.2f}rem\"></span>",
                                longest > 0 ? 12 * phase.value("mean", 0.0) / longest : 0)});
  return html::table(rows);
}

/// The residual over all iterations, one after the other.
html::Curve convergence(const fs::path& run, const std::string& name) {
  html::Curve curve{name, {}};
  for (const auto& line : read_history(run))
    curve.points.emplace_back(std::ssize(curve.points), line.residual);
  return curve;
}

/// Time and memory of each rank: the phases that take most of the time.
std::string ranks(const Json& summary) {
  if (!summary.contains("time_and_memory_by_rank")) return {};
  const auto& all = summary["time_and_memory_by_rank"];
  const auto& phases = summary["phases"];
  std::vector<std::size_t> shown_phases;
  for (std::size_t p = 0; p < phases.size(); ++p)
    if (phases[p].value("max", 0.0) >= 0.02 * summary.value("seconds", 0.0)) shown_phases.push_back(p);
  std::vector<std::vector<std::string>> rows{{"rank", "memory [MB]"}};
  for (const auto p : shown_phases) rows[0].push_back(at(phases[p], "name") + " [s]");
  for (const auto& rank : all) {
    auto& row = rows.emplace_back();
    row = {at(rank, "rank"), fmt::format("{:.0f}", rank.value("peak_memory_bytes", 0.0) / 1e6)};
    for (const auto p : shown_phases) row.push_back(shown(rank["seconds"][p]));
  }
  return html::table(rows);
}

std::string pictures(const fs::path& run) {
  std::set<fs::path> paths;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(run, ignored))
    if (entry.path().extension() == ".png" && entry.path().stem() != "convergence")
      paths.insert(entry.path());
  std::string text;
  for (const auto& path : paths)
    text += fmt::format("<p><img alt=\"{}\" src=\"data:image/png;base64,{}\"></p>\n",
                        escaped(path.stem().string()), html::base64(file_text(path)));
  return text;
}

std::string warnings(const Json& summary) {
  if (!summary.contains("warnings") || summary["warnings"].empty()) return {};
  std::string text = "<ul>\n";
  for (const auto& warning : summary["warnings"]) text += "<li>" + shown(warning) + "</li>\n";
  return text + "</ul>\n";
}

std::string preformatted(const fs::path& path) {
  const auto text = file_text(path);
  return text.empty() ? "" : "<pre>" + escaped(text) + "</pre>";
}

}  // namespace

void write_report(const fs::path& run, const fs::path& path) {
  const auto summary = read_summary(run);
  const auto name = run_name(run, summary);
  std::string body = fmt::format("<h1>{}</h1>\n{}", escaped(name), verdict(run, summary));
  body += html::section("Accuracy", accuracy(summary));
  body += html::section("Quantities",
                        list_table(summary, "quantities", {{"name", "quantity"}, {"value", "value"}}));
  body += html::section(
      "Unknowns",
      list_table(summary, "unknowns_identified",
                 {{"name", "unknown"}, {"value", "value"}, {"standard_error", "standard error"}}));
  body += html::section("Convergence",
                        html::log_plot({convergence(run, name)}, "iterations", "relative residual"));
  body += html::section("Solution, error and residual", pictures(run));
  body += html::section("Warnings", warnings(summary));
  body += html::section("Effort", effort(summary));
  body += html::section("Where the time went", phases(summary));
  body += html::section("Ranks", ranks(summary));
  body += html::section("The case", preformatted(run / "original.toml"));
  body += html::section("The case with all defaults", preformatted(run / "resolved.toml"), false);
  write_text(path, html::page(name, body, has_ended(summary) ? 0 : refresh));
}

void write_comparison(const std::vector<fs::path>& runs, const fs::path& path) {
  std::vector<std::vector<std::string>> rows{{""}};
  std::vector<html::Curve> curves;
  std::vector<Json> summaries;
  for (const auto& run : runs) {
    summaries.push_back(read_summary(run));
    rows[0].push_back(escaped(run.string()));
    curves.push_back(convergence(run, run.string()));
  }
  const auto row = [&](const std::string& title, const auto& value) {
    auto& cells = rows.emplace_back(std::vector<std::string>{escaped(title)});
    for (const auto& summary : summaries) cells.push_back(value(summary));
  };
  row("title", [](const Json& s) { return at(s, "title"); });
  row("verdict", [](const Json& s) {
    return !has_ended(s) ? "no result yet" : flag(s, "converged") ? "converged" : "not converged";
  });
  // Rows for everything that any of the runs has, by name.
  const auto rows_of = [&](const std::string& list, const std::string& label, const std::string& value,
                           const std::string& what) {
    std::set<std::string> names;
    for (const auto& s : summaries)
      for (const auto& item : s.value(list, Json::array())) names.insert(item.value(label, ""));
    for (const auto& name : names)
      row(name + ": " + what, [&](const Json& s) -> std::string {
        for (const auto& item : s.value(list, Json::array()))
          if (item.value(label, "") == name) return at(item, value);
        return "&ndash;";
      });
  };
  rows_of("errors", "field", "l2_relative", "relative L2 error");
  rows_of("estimated_errors", "field", "l2_relative", "estimated error");
  rows_of("quantities", "name", "value", "value");
  rows_of("unknowns_identified", "name", "value", "value");
  for (const auto* key : {"iterations", "nonlinear_iterations", "residual", "seconds", "ranks", "subdomains",
                          "unknowns", "rows", "peak_memory_bytes"})
    row(key, [&](const Json& s) { return at(s, key); });
  rows_of("phases", "name", "mean", "mean time [s]");
  const std::string title = "Runs side by side";
  write_text(path, html::page(title, "<h1>" + title + "</h1>\n" + html::table(rows) +
                                         html::section("Convergence", html::log_plot(curves, "iterations",
                                                                                     "relative residual"))));
}

}  // namespace ddpinn
