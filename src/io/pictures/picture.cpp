// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/pictures/picture.hpp"

#include "io/disk.hpp"
#include "io/pictures/figure_data.hpp"
#include "io/pictures/gnuplot_script.hpp"
#include "io/process.hpp"

#include <ddpinn/error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

namespace ddpinn {
namespace {

namespace fs = std::filesystem;

Range extent(const GridSlices& grid, int axis) {
  const std::size_t a = axis;
  return {grid.lower[a], grid.upper[a]};
}

/// Files that every field's figure shares: one with the borders of subdomains for each slice that has some.
std::vector<std::string> write_borders(const fs::path& folder, const GridSlices& grid) {
  std::vector<std::string> names;
  for (const auto& slice : grid.slices) {
    const auto text = border_data(grid, slice);
    names.push_back(text.empty() ? "" : fmt::format("subdomains-{}.dat", names.size() + 1));
    if (!text.empty()) write_text(folder / names.back(), text);
  }
  return names;
}

Panel make_panel(const GridSlices& grid, const Slice& slice, const std::string& data,
                 const std::string& borders) {
  Panel panel{data, borders, slice.label, {}, {}};
  for (const int axis : slice.axes) {
    panel.axes.push_back(grid.coordinates[axis]);
    panel.extent.push_back(extent(grid, axis));
  }
  return panel;
}

/// Writes the data and the script of one field's figure. @returns the script's name
std::string write_figure(const fs::path& folder, const GridSlices& grid, const std::string& field,
                         const std::string& title, const std::vector<std::string>& borders) {
  Figure figure;
  figure.title = title;
  figure.field = field;
  std::vector<double> errors;
  for (std::size_t i = 0; i < grid.slices.size(); ++i) {
    const auto& slice = grid.slices[i];
    const auto values = field_values(slice, field);
    const auto data = fmt::format("{}_{}.dat", field, i + 1);
    write_text(folder / data, figure_data(grid, slice, values));
    figure.panels.push_back(make_panel(grid, slice, data, borders[i]));
    figure.value.include(values.value);
    errors.insert(errors.end(), values.error.begin(), values.error.end());
    errors.insert(errors.end(), values.estimated_error.begin(), values.estimated_error.end());
    figure.has_exact = !values.exact.empty();
    figure.has_estimate = !values.estimated_error.empty();
  }
  figure.error = positive_range(std::move(errors));
  const auto script = "solution_" + field + ".gp";
  write_text(folder / script, figure_script(figure, "../solution_" + field));
  return script;
}

/// Writes the data and the script of the convergence figure. @returns the script's name; empty without a
/// history to draw
std::string write_convergence(const fs::path& folder, const std::vector<Iteration>& history,
                              const std::string& title) {
  const std::string header = "# iteration residual\n";
  std::string inner = header, steps = header;
  int before = history.empty() ? 0 : std::max(history.front().nonlinear - 1, 0);
  int restart = 0;  // iterations of former solves within the step, with a preconditioner that did not serve
  bool krylov = false;
  for (std::size_t i = 0; i < history.size(); ++i) {
    const auto& it = history[i];
    if (i > 0 && it.nonlinear != history[i - 1].nonlinear) {
      // Each step counts from zero again; without inner iterations the steps themselves are counted, of which
      // some methods report only a few.
      const int steps_between = std::max(it.nonlinear - history[i - 1].nonlinear, 1);
      const int solved = history[i - 1].krylov + (history[i - 1].step_end ? 0 : restart);
      before += solved > 0 ? solved : steps_between;
      restart = 0;
      // A line of its own for every linear solve, but one for all steps of a method without any.
      if (history[i - 1].step_end || history[i - 1].krylov > 0) inner += "\n";
    } else if (i > 0 && it.krylov < history[i - 1].krylov) {
      restart += history[i - 1].krylov;
      inner += "\n";
    }
    krylov = krylov || it.krylov > 0;
    if (!(it.residual > 0) || !std::isfinite(it.residual)) continue;
    const int at = before + it.krylov + (it.step_end ? 0 : restart);
    (it.step_end ? steps : inner) += fmt::format("{} {:.6g}\n", at, it.residual);
  }
  const bool has_inner = inner.find_first_not_of('\n', header.size()) != std::string::npos;
  const bool has_steps = steps != header;
  if (!has_inner && !has_steps) return {};
  write_text(folder / "convergence.dat", has_inner ? inner : steps);
  write_text(folder / "nonlinear_steps.dat", steps);
  write_text(folder / "convergence.gp", convergence_script(title, krylov ? "Krylov iteration" : "iteration",
                                                           has_inner && has_steps, "../convergence"));
  return "convergence.gp";
}

std::vector<std::string> write_scripts(const fs::path& folder, const GridSlices& grid,
                                       const std::vector<Iteration>& history, const std::string& title) {
  fs::create_directories(folder);
  std::vector<std::string> scripts;
  if (!grid.slices.empty()) {
    const auto borders = write_borders(folder, grid);
    for (const auto& field : field_names(grid.slices[0].columns)) {
      scripts.push_back(write_figure(folder, grid, field, title, borders));
    }
  }
  if (auto script = write_convergence(folder, history, title); !script.empty())
    scripts.push_back(std::move(script));
  return scripts;
}

}  // namespace

std::vector<std::string> draw_pictures(const fs::path& directory, const GridSlices& grid,
                                       const std::vector<Iteration>& history, const std::string& title,
                                       double limit) {
  const auto folder = directory / "figures";
  std::vector<std::string> scripts;
  try {
    scripts = write_scripts(folder, grid, history, title);
  } catch (const std::exception& error) {
    return {fmt::format("pictures: not drawn ({})", error.what())};
  }
  std::vector<std::string> notes;
  for (const auto& script : scripts) {
    const auto log = folder / "gnuplot.log";
    const auto failure = run_process({"gnuplot", "-d", script}, folder, log, limit);
    if (!failure) continue;
    std::error_code ignored;  // gnuplot makes the file before it draws
    fs::remove(directory / fs::path(script).replace_extension(".png"), ignored);
    notes.push_back(fmt::format("pictures: {} was not drawn ({}); draw it by: cd {} && gnuplot {}", script,
                                *failure, folder.string(), script));
  }
  return notes;
}

}  // namespace ddpinn
