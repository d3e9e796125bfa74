// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "run/reference.hpp"

#include "base/log.hpp"
#include "grid/grid_axis.hpp"
#include "io/disk.hpp"
#include "io/fields/table_file.hpp"
#include "problem/first_order.hpp"
#include "run/shared_case.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

namespace ddpinn {

namespace {

std::string times(const std::vector<int>& cells) { return fmt::format("{}", fmt::join(cells, " x ")); }

/// The grid's value at a point inside by interpolation of its cell's corners, which must be inside.
class Interpolation {
 public:
  Interpolation(const Model& model, const GridSolution& solution) : model_(model), solution_(solution) {
    const auto& box = model.region.box();
    for (int d = 0; d < model.dimension(); ++d)
      axes_.emplace_back(solution.cells[d], box.lower[d], box.upper[d], model.region.periodic(d),
                         solution.order);
  }

  /// @returns false where no interpolation is possible
  bool at(const Point& x, std::vector<double>& fields) const {
    return sum(x, Kind::smooth, fields) || sum(x, Kind::linear, fields);
  }

 private:
  /// By cubic convolution, or of the order of the differences where that is higher; or from the nearest
  /// nodes.
  enum class Kind { smooth, linear };
  AxisStencil along(const GridAxis& axis, double x, Kind kind) const {
    if (kind == Kind::linear) return axis.hats(x);
    return solution_.order > 2 ? axis.difference(x, 0) : axis.cubic(x, 0);
  }

  bool sum(const Point& x, Kind kind, std::vector<double>& fields) const {
    std::fill(fields.begin(), fields.end(), 0.0);
    return add(x, kind, axes_.size(), 0, 1.0, fields);
  }

  bool add(const Point& x, Kind kind, std::size_t d, std::size_t node, double weight,
           std::vector<double>& fields) const {
    if (d == 0) {
      if (!solution_.inside[node]) return false;
      for (std::size_t f = 0; f < fields.size(); ++f)
        fields[f] += weight * solution_.values[node * fields.size() + f];
      return true;
    }
    const auto& axis = axes_[d - 1];
    for (const auto& [i, w] : along(axis, x[d - 1], kind)) {
      if (w == 0) continue;
      const auto next = node * static_cast<std::size_t>(axis.nodes()) + static_cast<std::size_t>(i);
      if (!add(x, kind, d - 1, next, weight * w, fields)) return false;
    }
    return true;
  }

  const Model& model_;
  const GridSolution& solution_;
  std::vector<GridAxis> axes_;
};

/// Against the values of the case's reference file, by field.
std::vector<GridNorms> file_errors(const CaseFile& file, const Model& model, const GridSolution& solution) {
  std::vector<GridNorms> result(model.fields.size());
  if (!file.problem.reference_file || solution.x.empty()) return result;
  const auto table = read_table(file.problem.reference_file->value);
  const Interpolation grid(model, solution);
  std::vector<double> found(model.fields.size());
  for (std::size_t i = 0; i < table.rows(); ++i) {
    Point x{};
    for (std::size_t d = 0; d < model.coordinates.size(); ++d) x[d] = (*table.find(model.coordinates[d]))[i];
    if (!grid.at(x, found)) continue;
    for (std::size_t f = 0; f < found.size(); ++f)
      if (const auto* known = table.find(model.fields[f])) result[f].add(found[f], (*known)[i]);
  }
  for (auto& norms : result) norms.finish();
  return result;
}

void report(const CaseFile& file, const Model& model, const GridSolution& fine,
            const std::vector<GridError>& errors) {
  const auto known = known_errors(file, model, fine);
  for (std::size_t f = 0; f < model.fields.size(); ++f) {
    auto line = fmt::format("result: field={} estimated_l2_relative={:.3e} estimated_linf={:.3e}",
                            model.fields[f], errors[f].l2(), errors[f].largest());
    if (known[f].points > 0)
      line += fmt::format(" l2_relative={:.3e} linf={:.3e} points={}", known[f].relative(), known[f].largest,
                          known[f].points);
    log::info("{}", line);
  }
}

}  // namespace

std::vector<GridNorms> known_errors(const CaseFile& file, const Model& model, const GridSolution& solution) {
  return file.problem.reference_file ? file_errors(file, model, solution) : exact_errors(model, solution);
}

int standard_cells(int dimension) {
  constexpr std::array<int, max_dimension> cells = {1024, 128, 32, 16};
  return cells[dimension - 1];
}

std::vector<int> checked_cells(const Model& model, std::vector<int> cells, int halvings) {
  const std::size_t dimension = model.dimension();
  if (cells.empty()) cells = {standard_cells(model.dimension())};
  if (cells.size() == 1) cells.resize(dimension, cells[0]);
  if (cells.size() != dimension)
    throw Error(
        Status::usage,
        fmt::format("--grid: {} numbers for {} coordinates ({}); give one number, or one per coordinate",
                    cells.size(), dimension, fmt::join(model.coordinates, ", ")));
  const int divisor = 1 << halvings;
  for (int n : cells)
    if (n <= 0 || n % divisor != 0)
      throw Error(
          Status::usage,
          fmt::format("--grid: {} cells can't be used (grids with up to {} times fewer cells tell the "
                      "error); give a positive multiple of {}",
                      n, divisor, divisor));
  return cells;
}

std::vector<int> coarser(std::vector<int> cells, int halvings) {
  for (auto& n : cells) n >>= halvings;
  return cells;
}

void write_reference(const std::filesystem::path& path, const CaseFile& file, const Model& model,
                     const GridSolution& solution, const std::vector<GridError>& errors) {
  if (solution.x.empty()) return;
  fmt::memory_buffer text;
  const auto out = std::back_inserter(text);
  fmt::format_to(out, "# {}\n# {} of order {} on {} cells ({})\n", file.problem.title,
                 model.is_weak() ? "finite elements" : "finite differences", solution.order,
                 times(solution.cells), fmt::join(model.coordinates, ", "));
  for (std::size_t f = 0; f < model.fields.size(); ++f)
    fmt::format_to(out, "# estimated relative L2 error of {}: {:.2e}\n", model.fields[f], errors[f].l2());
  fmt::format_to(out, "{},{}\n", fmt::join(model.coordinates, ","), fmt::join(model.fields, ","));
  const auto fields = model.fields.size();
  for (std::size_t i = 0; i < solution.x.size(); ++i) {
    if (!solution.inside[i]) continue;
    const auto& x = solution.x[i];
    const auto* values = solution.values.data() + i * fields;
    fmt::format_to(out, "{:.15g},{:.15g}\n", fmt::join(x.begin(), x.begin() + model.dimension(), ","),
                   fmt::join(values, values + fields, ","));
  }
  write_text(path, {text.data(), text.size()});
}

void make_reference(const ReferenceRequest& request) {
  const Communicator comm(MPI_COMM_WORLD);
  const auto file = read_shared_case(comm, request.path, request.overrides);
  const auto model = compile(in_weak_form(file.problem));
  const auto cells = checked_cells(model, request.cells, 1);
  const auto half = solve_on_grid(comm, model, coarser(cells, 1), request.order);
  const auto fine = solve_on_grid(comm, model, cells, request.order);
  if (comm.rank() != 0) return;
  const auto errors = estimate_errors(model, fine, half, nullptr);
  if (model.region.shapes() > 0 && !model.is_weak())
    log::info(
        "conditions on shapes are imposed at the nodes just outside, by fits of quadratic polynomials: next "
        "to "
        "them the error is larger than the estimate tells");
  report(file, model, fine, errors);
  std::filesystem::path path = request.output;
  if (path.empty()) {
    path = std::filesystem::path(file.options.output.directory) / "reference.csv";
    std::error_code ignored;  // the file itself tells
    std::filesystem::create_directories(path.parent_path(), ignored);
  }
  write_reference(path, file, model, fine, errors);
  log::info("result: grid={} seconds={:.2f} seconds_half={:.2f} ranks={} file={}", fmt::join(cells, "x"),
            fine.seconds, half.seconds, comm.size(), path.string());
}

}  // namespace ddpinn
