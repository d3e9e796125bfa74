// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/pictures/gnuplot_script.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace ddpinn {
namespace {

/// Errors this many times smaller than the largest look the same.
constexpr double decades_of_error = 1e-5;

/// A text as gnuplot reads it between single quotes, where nothing is expanded. An apostrophe becomes the
/// typographic one: gnuplot 5.4 understands a doubled one, but not two in a row.
std::string quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'')
      out += "\xe2\x80\x99";
    else
      out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return out + "'";
}

// The palettes viridis and magma (van der Walt and Smith, CC0): even steps look even, in grey too.
constexpr const char* viridis =
    "set palette defined (0 '#440154', 1 '#482878', 2 '#3e4989', 3 '#31688e', 4 '#26828e', 5 '#1f9e89', "
    "6 '#35b779', 7 '#6ece58', 8 '#b5de2b', 9 '#fde725')\n";
constexpr const char* magma =
    "set palette defined (0 '#000004', 1 '#180f3e', 2 '#451077', 3 '#721f81', 4 '#9f2f7f', 5 '#cd4071', "
    "6 '#f1605d', 7 '#fd9567', 8 '#fec98d', 9 '#fcfdbf')\n";

/// A range with some room where all values are equal, since gnuplot refuses an empty one.
Range widened(Range range) {
  if (range.empty()) return {0, 1};
  const double room = 1e-3 * std::max(std::abs(range.lower), 1e-30);
  if (range.upper - range.lower < 1e-12 * std::max(std::abs(range.lower), std::abs(range.upper)) ||
      range.upper == range.lower) {
    range.lower -= room;
    range.upper += room;
  }
  return range;
}

/// The part of the errors that a logarithmic scale shows: at least one decade.
Range log_range(const Range& error) {
  const double lower = std::max(error.lower, error.upper * decades_of_error);
  return {std::min(lower, error.upper / 10), error.upper};
}

/// A round step of 1, 2 or 5 times a power of ten that puts at most `most` tics on a range.
double tic_step(const Range& range, int most) {
  const double rough = (range.upper - range.lower) / most;
  const double power = std::pow(10.0, std::floor(std::log10(rough)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= rough) return factor * power;
  }
  return 10 * power;
}

/// A quantity that is drawn on the logarithmic scale of errors.
struct ErrorPlot {
  std::string title;
  int column;  ///< behind the coordinates
};

/// The error where it is known, and its estimate where there is one.
std::vector<ErrorPlot> error_plots(const Figure& figure) {
  std::vector<ErrorPlot> plots;
  if (figure.error.empty() || figure.error.upper <= 0) return plots;
  if (figure.has_exact) plots.push_back({"|error of " + figure.field + "|", 3});
  if (figure.has_estimate) plots.push_back({"estimated |error of " + figure.field + "|", 4});
  return plots;
}

/// Height over width of a panel; directions of different kinds (time, very long domains) fill the panel
/// instead.
double aspect(const Panel& panel) {
  const bool time = panel.axes[0] == "t" || panel.axes[1] == "t";
  const double ratio =
      (panel.extent[1].upper - panel.extent[1].lower) / (panel.extent[0].upper - panel.extent[0].lower);
  return time || ratio > 4 || ratio < 0.1 ? 0.8 : ratio;
}

std::string panel_title(const std::string& what, const Panel& panel) {
  return quoted(panel.label.empty() ? what : what + ",  " + panel.label);
}

/// @param column of the value, behind the coordinates
std::string heat_map(const Panel& panel, const std::string& what, const Range& range, int column) {
  const bool error = column > 1;
  std::string text = fmt::format(
      "set title {} noenhanced\nset xlabel {} noenhanced\nset ylabel {} noenhanced norotate offset 2\n",
      panel_title(what, panel), quoted(panel.axes[0]), quoted(panel.axes[1]));
  text += fmt::format("set xrange [{:.9g}:{:.9g}]\nset yrange [{:.9g}:{:.9g}]\nset size ratio {:.5g}\n",
                      panel.extent[0].lower, panel.extent[0].upper, panel.extent[1].lower,
                      panel.extent[1].upper, aspect(panel));
  // Flat panels have room for few tics.
  const int tics = aspect(panel) < 0.5 ? 3 : 6;
  text += fmt::format("set xtics {:.6g}\nset ytics {:.6g}\n", tic_step(panel.extent[0], 6),
                      tic_step(panel.extent[1], tics));
  if (error) {
    const double decades = std::log10(range.upper / range.lower);
    text += fmt::format("{}set logscale cb\nset format cb '10^{{%T}}'\nset cbtics {}\n", magma,
                        decades > tics ? 100 : 10);
  } else {
    text += fmt::format("{}unset logscale cb\nset format cb '%.6g'\nset cbtics {:.6g}\n", viridis,
                        tic_step(range, tics));
  }
  text += fmt::format("set cbrange [{:.6g}:{:.6g}]\n", range.lower, range.upper);
  // An error of exactly zero has no logarithm: it takes the colour of the smallest one.
  const auto value = error ? fmt::format("(${0} < {1:.6g} ? {1:.6g} : ${0})", column + 2, range.lower)
                           : std::to_string(column + 2);
  text += fmt::format("plot {} using 1:2:{} with image notitle", quoted(panel.data), value);
  if (!panel.borders.empty()) {
    text += fmt::format(", \\\n     {} with lines linewidth 0.5 linecolor rgb '#90ffffff' notitle",
                        quoted(panel.borders));
  }
  return text + "\n";
}

std::string heat_maps(const Figure& figure, const std::string& output, const std::string& script) {
  const auto errors = error_plots(figure);
  const int n = figure.panels.size();
  const double shape = aspect(figure.panels[0]);
  // A single long panel has its errors below it, all others beside it or in rows of their own.
  const bool stacked = n > 1 || shape < 0.6;
  const int maps = 1 + std::ssize(errors);
  const int rows = stacked ? maps : 1;
  const int columns = stacked ? n : maps;
  const int cell = columns == 1 ? 1200 : 800;
  double tallest = 0;
  for (const auto& panel : figure.panels) tallest = std::max(tallest, aspect(panel));
  const int height = static_cast<int>((cell - 290) * std::min(tallest, 1.6)) + 190;
  auto text = plot_header(cell * columns, height * rows + 60, output, script);
  text += fmt::format("set multiplot layout {},{} title {} noenhanced font ',24'\n", rows, columns,
                      quoted(figure.title));
  text += "set tics out nomirror\nset border 15 back linewidth 0.7\n";
  for (const auto& panel : figure.panels) text += heat_map(panel, figure.field, widened(figure.value), 1);
  for (const auto& plot : errors)
    for (const auto& panel : figure.panels)
      text += heat_map(panel, plot.title, log_range(figure.error), plot.column);
  return text + "unset multiplot\n";
}

/// Thin vertical lines at the borders of subdomains, drawn from the bottom to the top of the panel.
std::string curve_borders(const Panel& panel) {
  if (panel.borders.empty()) return {};
  return fmt::format(
      "stats {0} using 1 nooutput\n"
      "do for [i = 0 : STATS_records - 1] {{\n"
      "  stats {0} using 1 every ::i::i nooutput\n"
      "  set arrow from first STATS_min, graph 0 to first STATS_min, graph 1 nohead back linewidth 0.5 "
      "linecolor rgb "
      "'#d0d0d0'\n"
      "}}\n",
      quoted(panel.borders));
}

/// Error and estimate in one panel.
std::string error_curves(const Figure& figure, const std::vector<ErrorPlot>& plots) {
  const bool both = plots.size() > 1;
  auto text = fmt::format(
      "\nset title {} noenhanced\nset logscale y\nset format y '10^{{%T}}'\nset offsets 0, 0, 0, 0\n"
      "set yrange [{:.3g}:{:.3g}]\nplot ",
      quoted(plots[0].title), log_range(figure.error).lower, figure.error.upper * 2);
  for (const auto& plot : plots)
    text += fmt::format("{}{} using 1:{} with lines linewidth 1.2 linecolor rgb '{}' {}",
                        &plot == &plots[0] ? "" : ", \\\n     ", quoted(figure.panels[0].data),
                        plot.column + 1, plot.column == 3 ? "#721f81" : "#e8602c",
                        both ? "title " + quoted(plot.column == 3 ? "error" : "estimate") : "notitle");
  return text;
}

std::string curves(const Figure& figure, const std::string& output, const std::string& script) {
  const auto errors = error_plots(figure);
  const auto& panel = figure.panels[0];
  const auto data = quoted(panel.data);
  auto text = plot_header(errors.empty() ? 1000 : 1800, 800, output, script);
  text += curve_borders(panel);
  text += fmt::format("set multiplot layout 1,{} title {} noenhanced font ',24'\n", errors.empty() ? 1 : 2,
                      quoted(figure.title));
  text += fmt::format(
      "set tics out nomirror\nset border 3 linewidth 0.8\nset key below center horizontal noenhanced\nset "
      "bmargin 6\n"
      "set title {} noenhanced\nset xlabel {} noenhanced\nset xrange [{:.9g}:{:.9g}]\n"
      "set offsets 0, 0, graph 0.05, graph 0.05\n",
      quoted(figure.field), quoted(panel.axes[0]), panel.extent[0].lower, panel.extent[0].upper);
  text +=
      fmt::format("plot {} using 1:2 with lines linewidth 2 linecolor rgb '#31688e' title 'ddpinn'", data);
  if (figure.has_exact) {
    text += fmt::format(
        ", \\\n     {} using 1:3 with lines linewidth 1.5 dashtype (6,6) linecolor rgb '#e8602c' title "
        "'exact'",
        data);
  }
  if (!errors.empty()) text += error_curves(figure, errors);
  return text + "\nunset multiplot\n";
}

}  // namespace

std::string plot_header(int width, int height, const std::string& output, const std::string& script) {
  return fmt::format(
      "# Draws {0}.png. For papers: gnuplot -e \"format='pdf'\" {1}  (or svg)\n"
      "if (!exists('format')) format = 'png'\n"
      "if (format eq 'pdf') {{\n"
      "  set terminal pdfcairo size {2:.2f}in,{3:.2f}in font 'sans,10'\n"
      "}} else {{ if (format eq 'svg') {{\n"
      "  set terminal svg size {4},{5} font 'sans,20' background 'white'\n"
      "}} else {{\n"
      "  set terminal pngcairo size {4},{5} font 'sans,20' linewidth 2 background 'white'\n"
      "}} }}\n"
      "set output '{0}.'.format\n",
      output, script, width / 150.0, height / 150.0, width, height);
}

std::string figure_script(const Figure& figure, const std::string& output) {
  const auto script = "solution_" + figure.field + ".gp";
  return figure.panels[0].axes.size() == 1 ? curves(figure, output, script)
                                           : heat_maps(figure, output, script);
}

std::string convergence_script(const std::string& title, const std::string& iteration_label, bool steps,
                               const std::string& output) {
  auto text = plot_header(1100, 800, output, "convergence.gp");
  text += fmt::format(
      "set title {} noenhanced font ',24'\nset xlabel {} noenhanced\nset ylabel 'relative residual or "
      "change' "
      "offset 1\n"
      "set logscale y\nset format y '10^{{%T}}'\nset tics out nomirror\nset mytics 1\n"
      "set border 3 linewidth 0.8\nset grid ytics linewidth 0.7 linecolor rgb '#d8d8d8'\n"
      "set xrange [0:*]\nset offsets 0, graph 0.02, graph 0.05, graph 0.05\nset key below center "
      "horizontal\nset bmargin 6\n"
      "plot 'convergence.dat' using 1:2 with linespoints pointtype 7 pointsize 0.5 linewidth 1.5 linecolor "
      "rgb '#31688e' {}",
      quoted(title), quoted(iteration_label), steps ? "title 'linear solves'" : "notitle");
  if (steps) {
    text +=
        ", \\\n     'nonlinear_steps.dat' using 1:2 with linespoints pointtype 7 pointsize 1 linewidth 1.5 "
        "linecolor rgb '#e8602c' title 'nonlinear steps'";
  }
  return text + "\n";
}

}  // namespace ddpinn
