// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "run/verify.hpp"

#include "run/run.hpp"

#include "base/log.hpp"
#include "io/disk.hpp"
#include "io/process.hpp"
#include "problem/first_order.hpp"
#include "run/shared_case.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <cmath>

namespace ddpinn {

namespace {

/// Of an error estimate from three grids (Roache; I. B. Celik et al., J. Fluids Eng. 130 (2008)).
constexpr double safety = 1.25;

/// One line of the table: what a solution cost, and how good it is.
struct Line {
  std::string method;
  long long unknowns;
  double seconds;
  std::vector<double> error;  ///< by field: relative L2
};

/// Errors of a grid's solution against what the case knows; where it knows nothing, estimates.
std::vector<double> grid_errors(const CaseFile& file, const Model& model, const GridSolution& solution,
                                const std::vector<GridError>& estimates, double coarser_by) {
  const auto known = known_errors(file, model, solution);
  std::vector<double> result;
  for (std::size_t f = 0; f < model.fields.size(); ++f)
    result.push_back(known[f].points > 0 ? known[f].relative()
                                         : estimates[f].l2() * std::pow(coarser_by, estimates[f].order));
  return result;
}

/// The networks' errors; where the case knows nothing, their difference from the finest grid.
std::vector<double> network_errors(const Model& model, const Result& result) {
  const auto& errors = result.errors.empty() ? result.comparison : result.errors;
  std::vector<double> by_field;
  for (const auto& field : model.fields) {
    double found = std::nan("");
    for (const auto& error : errors)
      if (error.field == field) found = error.l2_relative;
    by_field.push_back(found);
  }
  return by_field;
}

void print(const std::vector<Line>& lines, const Model& model, bool known, int ranks) {
  log::info("error against seconds, {} rank(s); errors are {}", ranks,
            known ? "relative L2, against the solution that the case knows"
                  : "estimated (grids), difference from the finest grid (networks)");
  std::string head = fmt::format("{:<24}{:>12}{:>10}", "method", "unknowns", "seconds");
  for (const auto& field : model.fields) head += fmt::format("{:>12}", "error " + field);
  log::info("{}", head);
  for (const auto& line : lines) {
    auto text = fmt::format("{:<24}{:>12}{:>10.2f}", line.method, line.unknowns, line.seconds);
    for (double error : line.error) text += fmt::format("{:>12.2e}", error);
    log::info("{}", text);
  }
}

void write_table(const std::filesystem::path& directory, const std::vector<Line>& lines, const Model& model) {
  std::string text = "method,unknowns,seconds";
  for (const auto& field : model.fields) text += ",error_" + field;
  for (const auto& line : lines)
    text += fmt::format("\n{},{},{:.3f},{:.3e}", line.method, line.unknowns, line.seconds,
                        fmt::join(line.error, ","));
  write_text(directory / "verify.csv", text + "\n");
}

void draw(const std::filesystem::path& directory, const Model& model) {
  std::string text =
      "set terminal pngcairo size 900,650 font ',13'\nset output 'verify.png'\nset datafile separator ','\n"
      "set logscale xy\nset xlabel 'seconds'\nset ylabel 'relative L2 error'\nset format y '10^{%T}'\n"
      "set grid\nset offsets graph 0.1, graph 0.1, graph 0.1, graph 0.1\nplot ";
  for (std::size_t f = 0; f < model.fields.size(); ++f)
    text += fmt::format(
        "{0}'verify.csv' every ::1::3 using 3:{1} with linespoints pointtype 7 title 'grids, {2}' "
        "noenhanced, "
        "'verify.csv' every ::4::4 using 3:{1} with points pointtype 5 pointsize 1.6 title 'networks, {2}' "
        "noenhanced",
        f > 0 ? ", " : "", f + 4, model.fields[f]);
  write_text(directory / "verify.gp", text + "\n");
  if (const auto failure = run_process({"gnuplot", "verify.gp"}, directory, directory / "gnuplot.log", 60))
    log::warning("pictures: verify.png was not drawn ({}); draw it by: cd {} && gnuplot verify.gp", *failure,
                 directory.string());
}

/// Whether each field agrees; says so. @param tolerance of the networks' solver: a grid can be as good as
/// exact, so that its error says nothing about the difference
bool judge(const Model& model, const std::vector<GridError>& estimates, const Result& result,
           double tolerance) {
  const double floor = std::max(1e-9, 10 * tolerance);
  bool all = result.converged;
  if (!result.converged)
    log::warning("the network solve has not converged: {}",
                 result.finished ? result.unresolved_because : result.stop_reason);
  for (std::size_t f = 0; f < model.fields.size(); ++f)
    for (const auto& difference : result.comparison) {
      if (difference.field != model.fields[f]) continue;
      const double bound = std::max(safety * estimates[f].l2(), floor);
      const bool within = difference.l2_relative <= bound;
      all = all && within;
      log::info("verify: field={} difference={:.3e} bound={:.3e} order={:.2f} {}", difference.field,
                difference.l2_relative, bound, estimates[f].order, within ? "PASSED" : "FAILED");
      if (!estimates[f].observed)
        log::warning(
            "the grids are too coarse to show an order of convergence of {} (0.5 is assumed, which makes "
            "the bound wide); use more cells",
            difference.field);
    }
  return all;
}

}  // namespace

bool verify_case(const ReferenceRequest& request, const std::function<bool()>& stop) {
  const Communicator comm(MPI_COMM_WORLD);
  const auto file = read_shared_case(comm, request.path, request.overrides);
  const auto model = compile(in_weak_form(file.problem));
  const auto cells = checked_cells(model, request.cells, 2);
  const std::filesystem::path directory = file.options.output.directory;
  std::vector<GridSolution> grids;
  for (int halvings : {2, 1, 0})
    grids.push_back(solve_on_grid(comm, model, coarser(cells, halvings), request.order));
  std::vector<GridError> estimates;
  if (comm.rank() == 0) {
    std::error_code ignored;  // the file itself tells
    std::filesystem::create_directories(directory, ignored);
    estimates = estimate_errors(model, grids[2], grids[1], &grids[0]);
    write_reference(directory / "reference.csv", file, model, grids[2], estimates);
  }
  broadcast(comm, "");  // the file is there
  RunControl control;
  control.quiet = true;
  control.stop = stop;
  control.compare_with = (directory / "reference.csv").string();
  const auto result = run_case(request.path, request.overrides, control);
  bool passed = false;
  if (comm.rank() == 0) {
    std::vector<Line> lines;
    for (std::size_t g = 0; g < grids.size(); ++g) {
      const long long unknowns = grids[g].values.size();
      lines.push_back({fmt::format("grid {}", fmt::join(grids[g].cells, "x")), unknowns, grids[g].seconds,
                       grid_errors(file, model, grids[g], estimates, std::pow(2, 2 - static_cast<int>(g)))});
    }
    lines.push_back({"networks", result.unknowns, result.seconds, network_errors(model, result)});
    print(lines, model, !result.errors.empty(), comm.size());
    write_table(directory, lines, model);
    if (file.options.output.pictures) draw(directory, model);
    passed = judge(model, estimates, result, file.options.solver.tolerance);
  }
  return any(comm, passed);
}

}  // namespace ddpinn
