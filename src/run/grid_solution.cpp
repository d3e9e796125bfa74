// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "run/grid_solution.hpp"

#include "base/timers.hpp"
#include "grid/elements/element_march.hpp"
#include "grid/grid_mesh.hpp"
#include "parallel/agree.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace ddpinn {

namespace {

/// Below this order of convergence the grids are too coarse to tell.
constexpr double least_order = 0.5;

bool periodic(const Model& model, std::size_t d) { return model.region.periodic(d); }

Point position(const Model& model, const GridSolution& s, std::size_t number) {
  const auto& box = model.region.box();
  Point x{};
  for (std::size_t d = 0; d < s.nodes.size(); ++d) {
    const std::size_t n = s.nodes[d];
    const int i = number % n;
    number /= n;
    x[d] = i == s.cells[d] ? box.upper[d] : box.lower[d] + box.width(d) * i / s.cells[d];
  }
  return x;
}

std::vector<GridNorms> changes(const Model& model, const GridSolution& fine, const GridSolution& coarse) {
  const auto fields = model.fields.size();
  const auto shared = shared_nodes(model, fine, coarse);
  std::vector<GridNorms> result(fields);
  for (std::size_t i = 0; i < shared.size(); ++i)
    for (std::size_t f = 0; coarse.inside[i] && f < fields; ++f)
      result[f].add(coarse.values[i * fields + f], fine.values[shared[i] * fields + f]);
  for (auto& norms : result) norms.finish();
  return result;
}

/// The solution by marching, at the nodes where a solve of all times at once starts: a nonlinear one from
/// zero may find no way.
GridCorrection::Columns marched(const Communicator& comm, const Model& model, const std::vector<int>& cells) {
  return [&comm, &model, cells](const std::vector<Point>& nodes) {
    GridCorrection grid(comm, model, cells);
    std::vector<PetscInt> number;
    for (const auto& x : nodes) number.push_back(grid.hats(x).front().node);
    auto sorted = number;
    std::ranges::sort(sorted);
    grid.touch(sorted);
    std::vector<double> values(sorted.size() * grid.fields());
    grid.solve(values);
    std::vector<std::vector<double>> columns(grid.fields());
    for (auto n : number) {
      const auto at = std::ranges::lower_bound(sorted, n) - sorted.begin();
      for (std::size_t f = 0; f < columns.size(); ++f) columns[f].push_back(values[at * columns.size() + f]);
    }
    return columns;
  };
}

}  // namespace

void GridNorms::add(double computed, double known) {
  const double d = std::abs(computed - known);
  difference += d * d;
  size += known * known;
  largest = std::max(largest, d);
  ++points;
}

void GridNorms::finish() {
  difference = std::sqrt(difference);
  size = std::sqrt(size);
}

double GridError::l2() const { return change.relative() / (std::pow(2, order) - 1); }
double GridError::largest() const { return change.largest / (std::pow(2, order) - 1); }

namespace {

/// Values by node and field, on rank 0.
std::vector<double> by_differences(const Communicator& comm, const Model& model,
                                   const std::vector<int>& cells, int order, PetscInt nodes) {
  GridCorrection grid(comm, model, cells, order);
  if (order > 2 && marched_direction(model) >= 0 && !model.affine)
    grid.start_from(marched(comm, model, cells));
  std::vector<PetscInt> all(comm.rank() == 0 ? static_cast<std::size_t>(nodes) : 0);
  std::iota(all.begin(), all.end(), PetscInt{0});
  grid.touch(all);
  std::vector<double> values(all.size() * grid.fields());
  grid.solve(values);
  return values;
}

std::vector<double> by_elements(const Communicator& comm, const Model& model, const std::vector<int>& cells,
                                int order) {
  if (order != 2)
    throw Error(Status::usage,
                "--order: a weak form has finite elements of the second order on a grid; leave it out");
  std::vector<double> values;
  on_root(comm, [&] { values = solve_by_elements(model, cells); });
  return values;
}

}  // namespace

GridSolution solve_on_grid(const Communicator& comm, const Model& model, const std::vector<int>& cells,
                           int order) {
  const Timers timer;
  GridSolution result;
  result.order = order;
  PetscInt total = 1;
  for (std::size_t d = 0; d < static_cast<std::size_t>(model.dimension()); ++d) {
    result.cells.push_back(cells[cells.size() == 1 ? 0 : d]);
    result.nodes.push_back(result.cells.back() + (periodic(model, d) ? 0 : 1));
    total *= result.nodes.back();
  }
  result.values = model.is_weak() ? by_elements(comm, model, cells, order)
                                  : by_differences(comm, model, cells, order, total);
  const auto nodes = result.values.size() / model.fields.size();
  for (std::size_t i = 0; i < nodes; ++i) result.x.push_back(position(model, result, i));
  result.inside = model.region.contains(result.x);
  result.seconds = max(comm, timer.elapsed());
  return result;
}

std::vector<std::size_t> shared_nodes(const Model& model, const GridSolution& fine,
                                      const GridSolution& coarse) {
  std::vector<std::size_t> result;
  for (std::size_t i = 0; i < coarse.x.size(); ++i) {
    std::size_t rest = i, number = 0, stride = 1;
    for (std::size_t d = 0; d < static_cast<std::size_t>(model.dimension()); ++d) {
      const std::size_t n = coarse.nodes[d];
      number += stride * (rest % n) * static_cast<std::size_t>(fine.cells[d] / coarse.cells[d]);
      stride *= static_cast<std::size_t>(fine.nodes[d]);
      rest /= n;
    }
    result.push_back(number);
  }
  return result;
}

std::vector<GridError> estimate_errors(const Model& model, const GridSolution& fine, const GridSolution& half,
                                       const GridSolution* quarter) {
  std::vector<GridError> result;
  const auto change = changes(model, fine, half);
  const auto before = quarter ? changes(model, half, *quarter) : std::vector<GridNorms>{};
  for (std::size_t f = 0; f < change.size(); ++f) {
    GridError error{change[f]};
    if (quarter) {
      const double seen = std::log2(before[f].relative() / change[f].relative());
      error.observed = std::isfinite(seen) && seen >= least_order;
      error.order = error.observed ? std::min<double>(seen, fine.order) : least_order;
    }
    result.push_back(error);
  }
  return result;
}

std::vector<GridNorms> exact_errors(const Model& model, const GridSolution& solution) {
  const auto fields = model.fields.size();
  std::vector<GridNorms> result(fields);
  for (std::size_t f = 0; f < fields; ++f) {
    if (!model.exact[f] || solution.x.empty()) continue;
    const auto exact = model.exact[f]->at(solution.x);
    for (std::size_t i = 0; i < exact.size(); ++i)
      if (solution.inside[i]) result[f].add(solution.values[i * fields + f], exact[i]);
    result[f].finish();
  }
  return result;
}

}  // namespace ddpinn
