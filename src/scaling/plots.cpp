// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "scaling/plots.hpp"

#include "io/disk.hpp"
#include "io/pictures/gnuplot_script.hpp"
#include "scaling/tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace ddpinn {
namespace {

constexpr std::array colours{"#31688e", "#e8602c", "#35b779", "#721f81",
                             "#b5a020", "#d03070", "#20a0a0", "#808080"};

/// ranks, median, least and greatest seconds, efficiency, memory per rank [MB], MB sent, ideal seconds
std::string points_data(const ScalingResults& results, const ScalingModel& model) {
  std::string text;
  const auto of_run = [&](const Measurement& run) { return model.seconds(run); };
  const double first = results.points.front().median(of_run);
  for (const auto& point : results.points) {
    const auto seconds = point.spread(of_run);
    text += fmt::format("{} {:.6g} {:.6g} {:.6g} {:.6g} {:.6g} {:.6g} {:.6g}\n", point.ranks, seconds.median,
                        seconds.least, seconds.greatest,
                        100 * efficiency(results, first, seconds.median, point.ranks),
                        1e-6 * point.median([](const auto& run) { return run.peak_memory; }),
                        1e-6 * point.median([](const auto& run) { return run.bytes(); }),
                        results.weak ? first : first * results.points.front().ranks / point.ranks);
  }
  return text;
}

std::vector<std::string> longest_phases(const ScalingResults& results) {
  const auto seconds = [&](const std::string& name) {
    double most = 0;
    for (const auto& point : results.points)
      most = std::max(most, point.median([&](const auto& run) { return run.phase(name).seconds; }));
    return most;
  };
  auto names = results.phase_names;
  std::erase_if(names, [&](const auto& name) { return seconds(name) <= 0; });
  std::ranges::stable_sort(names, std::greater<>(), seconds);
  names.resize(std::min(names.size(), colours.size()));
  return names;
}

std::string phases_data(const ScalingResults& results, const std::vector<std::string>& names) {
  std::string text;
  for (const auto& point : results.points) {
    text += std::to_string(point.ranks);
    for (const auto& name : names)
      text += fmt::format(" {:.6g}", point.median([&](const auto& run) { return run.phase(name).seconds; }));
    text += "\n";
  }
  return text;
}

/// ranks, total, shared work, work of every rank, coarse problem, messages
std::string model_data(const ScalingResults& results, const ScalingModel& model, double up_to) {
  std::string text;
  for (double ranks : predicted_ranks(results, up_to)) {
    const auto p = model.predict(ranks);
    text += fmt::format("{:.0f} {:.6g} {:.6g} {:.6g} {:.6g} {:.6g}\n", ranks, p.total(), p.work, p.fixed,
                        p.coarse, p.messages);
  }
  return text;
}

std::string axes(const ScalingResults& results) {
  const double first = results.points.front().ranks, last = results.points.back().ranks;
  std::string tics;
  for (const auto& point : results.points)
    tics += fmt::format("{}'{}' {}", tics.empty() ? "" : ", ", point.ranks, point.ranks);
  return fmt::format(
      "set tics out nomirror\nset border 3 linewidth 0.8\nset grid ytics linewidth 0.7 linecolor rgb "
      "'#d8d8d8'\n"
      "set key below center horizontal noenhanced\nset logscale x 2\n"
      "set xrange [{:.6g}:{:.6g}]\nset xtics ({})\n",
      first / 1.2, last * 1.2, tics);
}

std::string scaling_script(const ScalingResults& results, const std::vector<std::string>& names) {
  auto text = plot_header(1800, 1500, "../scaling", "scaling.gp") + axes(results);
  text += fmt::format("set multiplot layout 2,2 title '{} scaling of {}' noenhanced font ',24'\n",
                      results.weak ? "Weak" : "Strong", results.name);
  text +=
      "set title 'time of a run over ranks: median, least, greatest'\nset ylabel 'seconds' offset 1\nset "
      "logscale y\n"
      "plot 'points.dat' using 1:8 with lines dashtype (6,6) linecolor rgb '#808080' title 'ideal', \\\n"
      "     'model.dat' using 1:2 with lines linewidth 1.5 linecolor rgb '#e8602c' title 'model', \\\n"
      "     'points.dat' using 1:2:3:4 with yerrorbars pointtype 7 linecolor rgb '#31688e' title 'measured'\n"
      "unset logscale y\n"
      "set title 'efficiency over ranks'\nset ylabel '%'\nset yrange [0:110]\n"
      "plot 'points.dat' using 1:5 with linespoints pointtype 7 linewidth 1.5 linecolor rgb '#31688e' "
      "notitle\n"
      "set yrange [*:*]\nset title 'time by phase over ranks'\nset ylabel 'seconds'\nset logscale y\nplot ";
  for (std::size_t i = 0; i < names.size(); ++i)
    text += fmt::format(
        "{}'phases.dat' using 1:{} with linespoints pointtype 7 pointsize 0.8 linewidth 1.5 linecolor rgb "
        "'{}' title '{}'",
        i == 0 ? "" : ", \\\n     ", i + 2, colours[i], names[i]);
  return text +
         "\nset title 'most memory and messages of one rank, over ranks'\nset ylabel 'MB'\n"
         "plot 'points.dat' using 1:6 with linespoints pointtype 7 linewidth 1.5 linecolor rgb '#31688e' "
         "title 'memory', \\\n"
         "     'points.dat' using 1:($7 > 0 ? $7 : NaN) with linespoints pointtype 7 linewidth 1.5 linecolor "
         "rgb '#e8602c' title 'sent in all'\n"
         "unset multiplot\n";
}

std::string model_script(const ScalingResults& results, double up_to) {
  auto text = plot_header(1300, 900, "../model", "model.gp");
  text += fmt::format(
      "set title '{} scaling of {}, predicted' noenhanced font ',24'\n"
      "set tics out nomirror\nset border 3 linewidth 0.8\nset grid ytics linewidth 0.7 linecolor rgb "
      "'#d8d8d8'\n"
      "set key below center horizontal\nset logscale xy\nset xlabel 'ranks'\nset ylabel "
      "'seconds' offset 1\n"
      "set format xy '10^{{%T}}'\nset xrange [{}:{:.6g}]\n",
      results.weak ? "Weak" : "Strong", results.name, results.points.front().ranks / 1.2, up_to * 1.2);
  const std::array parts{"shared work", "work of every rank", "coarse problem", "messages"};
  text += "plot 'model.dat' using 1:2 with lines linewidth 3 linecolor rgb '#000000' title 'all', \\\n     ";
  for (std::size_t i = 0; i < parts.size(); ++i)
    text += fmt::format(
        "'model.dat' using 1:(${0} > 0 ? ${0} : NaN) with lines linewidth 1.5 linecolor rgb '{1}' title "
        "'{2}', \\\n     ",
        i + 3, colours[i], parts[i]);
  return text + "'points.dat' using 1:2 with points pointtype 7 linecolor rgb '#31688e' title 'measured'\n";
}

}  // namespace

std::vector<std::string> write_scaling_plots(const std::filesystem::path& folder,
                                             const ScalingResults& results, const ScalingModel& model,
                                             double up_to) {
  const auto names = longest_phases(results);
  write_text(folder / "points.dat", points_data(results, model));
  write_text(folder / "phases.dat", phases_data(results, names));
  write_text(folder / "model.dat", model_data(results, model, up_to));
  write_text(folder / "scaling.gp", scaling_script(results, names));
  write_text(folder / "model.gp", model_script(results, up_to));
  return {"scaling.gp", "model.gp"};
}

}  // namespace ddpinn
