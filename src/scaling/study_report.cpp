// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "scaling/study_report.hpp"

#include "io/disk.hpp"
#include "io/process.hpp"
#include "scaling/plots.hpp"
#include "scaling/tables.hpp"

#include <fmt/format.h>

namespace ddpinn {
namespace {

std::string text_of(const ScalingResults& results, const ScalingModel& model, const StudyReport& report) {
  const bool wall = report.clock == ScalingClock::wall;
  std::string text =
      fmt::format("# {} scaling of {}\n\n{}\n## Time by phase\n\n{}\n", results.weak ? "Weak" : "Strong",
                  results.name, as_markdown(points_table(results)), as_markdown(phases_table(results)));
  text += fmt::format(
      "Medians, with the least and greatest of the runs. Phases are means over the ranks.\n\n"
      "## Sent by the rank that sends most\n\n{}\n## Model ({})\n\n{}\n",
      as_markdown(traffic_table(results)), wall ? "seconds of the clock" : "processor seconds",
      as_markdown(model_table(results, model)));
  if (const auto last = predict_last(results, report.clock)) {
    const double measured = model.measured(results.points.back());
    text += fmt::format(
        "Fitted without the runs on {0:.0f} ranks, it predicts {1:.4g} s there, {2:+.1f} % off the "
        "measured.\n\n",
        last->ranks, last->total(), 100 * (last->total() / measured - 1));
  } else {
    text +=
        "With less than three numbers of ranks nothing is left to test the model with: it has two factors "
        "per "
        "phase.\n\n";
  }
  text += fmt::format("## Prediction\n\nNetwork: {}.\n\n{}",
                      report.network ? report.network_name : "as measured here",
                      as_markdown(prediction_table(results, model, report.up_to)));
  return text;
}

std::vector<std::string> remarks(const ScalingResults& results) {
  std::vector<std::string> lines;
  for (const auto& path : results.unreadable)
    lines.push_back(path + ": the run has not ended; it is left out");
  for (const auto& point : results.points) {
    for (const auto& run : point.runs)
      if (!run.converged)
        lines.push_back(fmt::format("a run on {} rank(s) has not converged, or its solution is not resolved",
                                    point.ranks));
    const auto share = point.median(
        [](const auto& run) { return run.seconds > 0 ? run.cpu() / (run.threads * run.seconds) : 1; });
    if (share < 0.8)
      lines.push_back(
          fmt::format("the runs on {} rank(s) had {:.0f} % of a core per thread: others computed on the "
                      "machine, or ranks wait asleep; see --clock processor",
                      point.ranks, 100 * share));
    const auto spread = point.spread([](const auto& run) { return run.seconds; });
    if (spread.greatest > 1.2 * spread.least)
      lines.push_back(
          fmt::format("times on {} rank(s) differ by a factor of {:.2f}; repeat on an idle machine",
                      point.ranks, spread.greatest / spread.least));
  }
  return lines;
}

void draw(const ScalingResults& results, const ScalingModel& model, const StudyReport& report,
          std::vector<std::string>& lines) {
  const auto folder = report.directory / "figures";
  std::filesystem::create_directories(folder);
  for (const auto& script : write_scaling_plots(folder, results, model, report.up_to)) {
    constexpr double limit = 60;
    if (const auto failure = run_process({"gnuplot", "-d", script}, folder, folder / "gnuplot.log", limit))
      lines.push_back(fmt::format("{} was not drawn ({}); draw it by: cd {} && gnuplot {}", script, *failure,
                                  folder.string(), script));
  }
}

}  // namespace

std::vector<std::string> report_study(const StudyReport& report) {
  const auto results = collect_runs(report.directory);
  const ScalingModel model(results, report.clock, report.network);
  const auto text = text_of(results, model, report);
  write_text(report.directory / "scaling.md", text);
  write_text(report.directory / "scaling.csv", as_csv(runs_table(results)));
  write_text(report.directory / "model.csv", as_csv(prediction_table(results, model, report.up_to)));
  write_text(report.directory / "scaling.jsonl", extra_p_lines(results));
  std::vector<std::string> lines{text};
  for (auto& line : remarks(results)) lines.push_back(std::move(line));
  if (report.pictures) draw(results, model, report, lines);
  return lines;
}

}  // namespace ddpinn
