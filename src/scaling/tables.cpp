// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "scaling/tables.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace ddpinn {
namespace {

using Figure = std::function<double(const Measurement&)>;

std::string shown(double value) { return fmt::format("{:.4g}", value); }
std::string percent(double value) { return fmt::format("{:.1f} %", 100 * value); }

std::string with_spread(const Spread& spread) {
  if (spread.least == spread.greatest) return shown(spread.median);
  return fmt::format("{:.4g} ({:.4g} to {:.4g})", spread.median, spread.least, spread.greatest);
}

double wall(const Measurement& run) { return run.seconds; }

bool is_seen(const ScalingResults& results, const std::string& phase, const Figure& figure) {
  return std::ranges::any_of(results.points, [&](const auto& point) { return point.median(figure) > 0; }) &&
         !phase.empty();
}

std::vector<std::string> head_of(const ScalingResults& results, const std::string& first) {
  std::vector<std::string> head{first};
  for (const auto& point : results.points)
    head.push_back(fmt::format("{} rank{}", point.ranks, point.ranks > 1 ? "s" : ""));
  return head;
}

}  // namespace

std::string as_csv(const TextTable& table) {
  std::string text;
  for (const auto& row : table) text += fmt::format("{}\n", fmt::join(row, ","));
  return text;
}

std::string as_markdown(const TextTable& table) {
  std::string text;
  for (std::size_t i = 0; i < table.size(); ++i) {
    text += fmt::format("| {} |\n", fmt::join(table[i], " | "));
    if (i > 0) continue;
    text += "|";
    for (std::size_t j = 0; j < table[i].size(); ++j) text += "---|";
    text += "\n";
  }
  return text;
}

double efficiency(const ScalingResults& results, double first, double seconds, double ranks) {
  const double gain = seconds > 0 ? first / seconds : 0;
  return results.weak ? gain : gain * results.points.front().ranks / ranks;
}

TextTable points_table(const ScalingResults& results) {
  TextTable table{{"ranks", "runs", "subdomains", "unknowns", "time [s]", "efficiency", "processor time [s]",
                   "iterations", "error", "messages", "MB sent", "reductions", "memory per rank [MB]",
                   "bytes per unknown", "core-hours"}};
  const double first = results.points.front().median(wall);
  for (const auto& point : results.points) {
    const auto median = [&](const Figure& figure) { return point.median(figure); };
    table.push_back({std::to_string(point.ranks), std::to_string(point.runs.size()),
                     shown(median([](const auto& r) { return r.subdomains; })),
                     fmt::format("{:.0f}", median([](const auto& r) { return r.unknowns; })),
                     with_spread(point.spread(wall)),
                     percent(efficiency(results, first, median(wall), point.ranks)),
                     with_spread(point.spread([](const auto& r) { return r.cpu(); })),
                     shown(median([](const auto& r) { return r.iterations; })),
                     fmt::format("{:.2e}", median([](const auto& r) { return r.error; })),
                     shown(median([](const auto& r) { return r.messages(); })),
                     shown(1e-6 * median([](const auto& r) { return r.bytes(); })),
                     shown(median([](const auto& r) { return r.reductions(); })),
                     shown(1e-6 * median([](const auto& r) { return r.peak_memory; })),
                     shown(median([](const auto& r) { return r.total_memory / std::max(1.0, r.unknowns); })),
                     fmt::format("{:.3g}", median([](const auto& r) { return r.core_hours(); }))});
  }
  return table;
}

TextTable runs_table(const ScalingResults& results) {
  TextTable table{{"ranks", "threads", "converged", "subdomains", "unknowns", "seconds", "processor_seconds",
                   "iterations", "l2_relative", "messages", "bytes", "reductions", "peak_memory_bytes",
                   "total_memory_bytes", "core_hours"}};
  for (const auto& phase : results.phase_names) table[0].push_back("seconds of " + phase);
  for (const auto& point : results.points)
    for (const auto& run : point.runs) {
      std::vector<std::string> row{std::to_string(run.ranks), std::to_string(run.threads),
                                   run.converged ? "1" : "0"};
      for (double value :
           {run.subdomains, run.unknowns, run.seconds, run.cpu(), run.iterations, run.error, run.messages(),
            run.bytes(), run.reductions(), run.peak_memory, run.total_memory, run.core_hours()})
        row.push_back(fmt::format("{:.10g}", value));
      for (const auto& phase : results.phase_names)
        row.push_back(fmt::format("{:.6g}", run.phase(phase).seconds));
      table.push_back(std::move(row));
    }
  return table;
}

TextTable phases_table(const ScalingResults& results) {
  TextTable table{head_of(results, "phase [s]")};
  for (const auto& name : results.phase_names) {
    const Figure figure = [&](const Measurement& run) { return run.phase(name).seconds; };
    if (!is_seen(results, name, figure)) continue;
    std::vector<std::string> row{name};
    for (const auto& point : results.points) row.push_back(with_spread(point.spread(figure)));
    table.push_back(std::move(row));
  }
  return table;
}

TextTable traffic_table(const ScalingResults& results) {
  TextTable table{head_of(results, "phase: messages, MB, reductions")};
  for (const auto& name : results.phase_names) {
    const Figure any = [&](const Measurement& run) {
      return run.phase(name).messages + run.phase(name).reductions;
    };
    if (!is_seen(results, name, any)) continue;
    std::vector<std::string> row{name};
    for (const auto& point : results.points) {
      const auto median = [&](double PhaseMeasure::*member) {
        return point.median([&](const Measurement& run) { return run.phase(name).*member; });
      };
      row.push_back(fmt::format("{:.0f}, {:.3g}, {:.0f}", median(&PhaseMeasure::messages),
                                1e-6 * median(&PhaseMeasure::bytes), median(&PhaseMeasure::reductions)));
    }
    table.push_back(std::move(row));
  }
  return table;
}

TextTable model_table(const ScalingResults& results, const ScalingModel& model) {
  TextTable table{{"ranks", "measured [s]", "model [s]", "error"}};
  for (const auto& point : results.points) {
    const double measured = model.measured(point), predicted = model.predict(point.ranks).total();
    table.push_back({std::to_string(point.ranks), shown(measured), shown(predicted),
                     fmt::format("{:+.1f} %", 100 * (predicted / measured - 1))});
  }
  return table;
}

double largest_model_error(const ScalingResults& results, const ScalingModel& model) {
  double largest = 0;
  for (const auto& point : results.points)
    largest = std::max(largest, std::abs(model.predict(point.ranks).total() / model.measured(point) - 1));
  return largest;
}

std::vector<double> predicted_ranks(const ScalingResults& results, double up_to) {
  std::vector<double> ranks;
  for (double r = results.points.front().ranks; r < up_to * (1 - 1e-9); r *= 2) ranks.push_back(r);
  ranks.push_back(std::max(up_to, 1.0 * results.points.front().ranks));
  return ranks;
}

TextTable prediction_table(const ScalingResults& results, const ScalingModel& model, double up_to) {
  TextTable table{{"ranks", "subdomains per rank", "time [s]", "shared work", "work of every rank",
                   "coarse problem", "messages", "efficiency", "core-hours"}};
  const double first = model.predict(results.points.front().ranks).total();
  for (double ranks : predicted_ranks(results, up_to)) {
    const auto p = model.predict(ranks);
    table.push_back({fmt::format("{:.0f}", ranks), shown(model.subdomains(ranks) / ranks), shown(p.total()),
                     shown(p.work), shown(p.fixed), shown(p.coarse), shown(p.messages),
                     percent(efficiency(results, first, p.total(), ranks)), shown(p.total() * ranks / 3600)});
  }
  return table;
}

std::string extra_p_lines(const ScalingResults& results) {
  std::string text;
  const auto add = [&](int ranks, const std::string& path, const char* metric, double value) {
    text +=
        nlohmann::ordered_json{
            {"params", {{"p", ranks}}}, {"callpath", path}, {"metric", metric}, {"value", value}}
            .dump() +
        "\n";
  };
  for (const auto& point : results.points)
    for (const auto& run : point.runs) {
      add(run.ranks, "run", "time", run.seconds);
      add(run.ranks, "run", "memory", run.peak_memory);
      for (const auto& phase : run.phases) {
        const auto path = "run->" + phase.name;
        add(run.ranks, path, "time", phase.seconds);
        add(run.ranks, path, "messages", phase.messages);
        add(run.ranks, path, "bytes", phase.bytes);
        add(run.ranks, path, "reductions", phase.reductions);
      }
    }
  return text;
}

}  // namespace ddpinn
