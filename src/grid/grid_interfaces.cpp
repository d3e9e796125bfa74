// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "grid/grid_interfaces.hpp"

#include "grid/grid_shapes.hpp"

#include <algorithm>
#include <cmath>

namespace ddpinn {

namespace {

/// From a foot to where the sides are looked up, in cells: more than the foot's error on curved surfaces.
constexpr double probe = 1e-3;

Point moved(Point x, const Point& normal, double step) {
  for (std::size_t d = 0; d < x.size(); ++d) x[d] += step * normal[d];
  return x;
}

double least_spacing(const GridMesh& mesh) {
  double least = mesh.axis(mesh.space()[0]).spacing();
  for (int d : mesh.space()) least = std::min(least, mesh.axis(d).spacing());
  return least;
}

}  // namespace

std::optional<GridInterfaces::Foot> GridInterfaces::foot(const Point& x, Sides a, Sides b) const {
  const auto& region = problem_->model().region;
  const double step = probe * least_spacing(problem_->mesh());
  std::optional<Foot> best;
  double nearest = 0;
  for (std::size_t i = 0; i < region.shapes(); ++i) {
    if (region.shape(i).use != Shape::Use::interface) continue;
    const auto found = nearest_on_surface(*problem_, i, x);
    const std::vector<Point> beside{moved(found.x, found.normal, -step), moved(found.x, found.normal, step)};
    const auto sides = region.sides(beside);
    if (std::pair(sides[0], sides[1]) != std::pair(a, b) && std::pair(sides[0], sides[1]) != std::pair(b, a))
      continue;
    double distance = 0;
    for (std::size_t d = 0; d < x.size(); ++d) distance += (x[d] - found.x[d]) * (x[d] - found.x[d]);
    if (best && distance >= nearest) continue;
    nearest = distance;
    best = Foot{i, found.x, found.normal, sides[0], sides[1]};
  }
  return best;
}

std::vector<int> GridInterfaces::statements_on(std::size_t shape) const {
  std::vector<int> found;
  for (std::size_t k = problem_->equations(); k < problem_->statements().size(); ++k) {
    const auto& group = *problem_->statements()[k].group;
    if (group.interface && std::ranges::count(group.shapes, shape)) found.push_back(k);
  }
  std::ranges::stable_sort(found, {}, [&](int k) { return problem_->statements()[k].order; });
  return found;
}

/// By the fluxes' derivatives by fields and their derivatives, about zero.
bool GridInterfaces::minus_is_stiffer(const Foot& at, std::span<const int> fluxes) const {
  const double probe_step = problem_->model().region.probe_step();
  double minus = 0, plus = 0;
  for (int k : fluxes) {
    const auto& statement = problem_->statements()[k];
    std::vector<double> columns;
    for (const auto& argument : statement.arguments)
      columns.push_back(argument_at(argument, at.x, at.normal, probe_step, 0.0));
    std::vector<std::span<const double>> spans;
    for (const auto& column : columns) spans.emplace_back(&column, 1);
    const auto linear = statement.statement->residual.linearise(spans, 1);
    for (std::size_t a = 0; a < columns.size(); ++a)
      if (statement.arguments[a].kind == Argument::Kind::field)
        (statement.arguments[a].derivative.side == Side::minus ? minus : plus) +=
            std::abs(linear.derivative[a][0]);
  }
  return minus > plus * (1 + 1e-6);
}

std::vector<GridRow> GridInterfaces::conditions(const SpaceIndex& index, int level, Sides part) const {
  const auto own = problem_->parts().of(index);
  const auto at = foot(problem_->mesh().at(index, level), own, part);
  if (!at) return {};
  const auto statements = statements_on(at->shape);
  const auto values = std::min(problem_->fields(), statements.size());
  const bool minus = minus_is_stiffer(*at, std::span(statements).subspan(values));
  const auto stiffer = minus ? at->minus : at->plus;
  std::vector<GridRow> result;
  for (std::size_t i = 0; i < statements.size(); ++i)
    if ((i < values) == (part != stiffer))
      result.push_back({.statement = statements[i],
                        .x = at->x,
                        .normal = at->normal,
                        .ghost = true,
                        .part = part,
                        .minus = at->minus,
                        .plus = at->plus});
  return result;
}

}  // namespace ddpinn
