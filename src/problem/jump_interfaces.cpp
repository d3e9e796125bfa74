// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/jump_interfaces.hpp"

#include "base/random.hpp"
#include "problem/expression/level_sets.hpp"
#include "problem/expression/scope.hpp"
#include "problem/first_order.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace ddpinn {

namespace {

constexpr std::size_t most_surfaces = 24;
constexpr int nodes = 96;  ///< of a line

/// A jump is a change by more than this part of the larger value, however near the two points are.
constexpr double least_jump = 1e-3;

int lines_per_direction(int dimension) { return dimension < 3 ? 48 : dimension == 3 ? 12 : 5; }

/// Starts of lines through the box along direction d, on a lattice that is no grid of round numbers.
std::vector<Point> lines(const Box& box, int d) {
  std::vector<Point> all{box.lower};
  const int n = lines_per_direction(box.dimension);
  for (int k = 0; k < box.dimension; ++k) {
    if (k == d) continue;
    std::vector<Point> more;
    for (auto x : all)
      for (int i = 0; i < n; ++i) {
        x[k] = box.lower[k] + (i + 0.4937) / n * box.width(k);
        more.push_back(x);
      }
    all = std::move(more);
  }
  return all;
}

/// Pairs of points on both sides of the zeros of a level set, one after the other.
std::vector<Point> around_zeros(const Expression& level, const Box& box, int d) {
  constexpr int bisections = 40;
  constexpr double aside = 1e-7;
  std::vector<Point> points;
  for (auto x : lines(box, d))
    for (int i = 0; i < nodes; ++i) {
      x[d] = box.lower[d] + (i + 0.4937) / nodes * box.width(d);
      points.push_back(x);
    }
  const auto values = level.at(points);
  std::vector<Point> lower, upper;
  std::vector<char> negative;
  for (std::size_t i = 1; i < points.size(); ++i)
    if (i % nodes != 0 && (values[i] < 0) != (values[i - 1] < 0)) {
      lower.push_back(points[i - 1]);
      upper.push_back(points[i]);
      negative.push_back(values[i - 1] < 0);
    }
  for (int n = 0; n < bisections && !lower.empty(); ++n) {
    auto middle = lower;
    for (std::size_t i = 0; i < middle.size(); ++i) middle[i][d] = (lower[i][d] + upper[i][d]) / 2;
    const auto there = level.at(middle);
    for (std::size_t i = 0; i < middle.size(); ++i)
      ((there[i] < 0) == (negative[i] != 0) ? lower : upper)[i] = middle[i];
  }
  std::vector<Point> result;
  for (std::size_t i = 0; i < lower.size(); ++i)
    for (const double side : {-1.0, 1.0}) {
      result.push_back(lower[i]);
      result.back()[d] += side * aside * box.width(d);
    }
  return result;
}

/// What may jump.
struct Candidate {
  StatementGroup group;
  std::vector<Expression> levels;  ///< at whose zeros
  bool values = false;             ///< jumps of values count too, not only those of the tangent
};

/// The entries of a form's tangent at points, for the same fields everywhere, and its values where they
/// count.
std::vector<std::vector<double>> tangents(const Candidate& candidate, const std::vector<Point>& points) {
  const auto& group = candidate.group;
  std::vector<std::vector<double>> result;
  for (const auto& statement : group.statements) {
    std::vector<std::vector<double>> columns;
    for (const auto& argument : statement.residual.arguments()) {
      auto& column = columns.emplace_back();
      Random random(31, columns.size());
      const double value = random.uniform(0.5, 1.5);
      for (const auto& x : points)
        column.push_back(argument.kind == Argument::Kind::coordinate ? x[argument.index] : value);
    }
    const std::vector<std::span<const double>> spans(columns.begin(), columns.end());
    auto linear = statement.residual.linearise(spans, points.size());
    for (auto& column : linear.derivative)
      if (!column.empty()) result.push_back(std::move(column));
    if (candidate.values) result.push_back(std::move(linear.value));
  }
  if (group.where)
    for (auto& column : result) {
      const auto holds = group.where->at(points);
      for (std::size_t i = 0; i < column.size(); ++i) column[i] = holds[i] != 0 ? column[i] : 0;
    }
  return result;
}

/// Whether a weak form jumps somewhere at the zeros of a level set, and the domain has no interface there.
bool jumps(const Region& region, const Candidate& candidate, const Expression& level) {
  for (int d = 0; d < region.dimension(); ++d) {
    const auto pairs = around_zeros(level, region.box(), d);
    const auto inside = region.contains(pairs);
    const auto sides = region.sides(pairs);
    const auto values = tangents(candidate, pairs);
    for (std::size_t i = 0; i < pairs.size(); i += 2) {
      if (!inside[i] || !inside[i + 1] || sides[i] != sides[i + 1]) continue;
      for (const auto& column : values)
        if (std::abs(column[i] - column[i + 1]) >
            least_jump * std::max(std::abs(column[i]), std::abs(column[i + 1])))
          return true;
    }
  }
  return false;
}

void append(std::vector<Expression>& levels, const Expression& expression) {
  for (auto& level : expression.switches()) levels.push_back(std::move(level));
}

/// Weak forms, and laws that are solved as first-order systems. In those the flux itself is a field, which
/// has a kink where the source jumps.
std::vector<Candidate> candidates(const Problem& problem, const Model& model) {
  std::vector<Candidate> result;
  for (const auto& group : model.groups) {
    if (!group.is_weak() || !group.interior) continue;
    auto& candidate = result.emplace_back(Candidate{group, group.weak->switches});
    if (group.where) append(candidate.levels, *group.where);
  }
  for (const auto& law : problem.conservation) {
    if (!is_first_order(problem, law)) continue;
    auto& candidate = result.emplace_back();
    candidate.values = true;
    const auto add = [&](const Text& text) {
      const Expression expression(text, residual_scope(problem, false));
      append(candidate.levels, expression);
      candidate.group.statements.push_back({law.name, Residual(expression), {}, text.at});
    };
    for (const auto& [coordinate, text] : law.flux) add(text);
    if (law.source) add(*law.source);
  }
  return result;
}

std::vector<Expression> surfaces(const Region& region, const std::vector<Candidate>& candidates) {
  std::vector<Expression> result;
  for (const auto& candidate : candidates)
    for (const auto& level : candidate.levels)
      if (jumps(region, candidate, level)) result.push_back(level);
  return result;
}

/// The fields have one value on both sides, and fluxes that are fields the same outward part.
StatementGroup continuity(const Problem& problem) {
  auto scope = residual_scope(problem, true);
  scope.definitions.clear();
  scope.two_sided = true;
  StatementGroup group;
  group.interior = false;
  group.interface = true;
  const auto add = [&](const std::string& name, const std::string& residual) {
    group.statements.push_back({"continuity_" + name, Residual(Text{residual, {}}, scope), {}, {}});
  };
  std::vector<std::string> fluxes;
  for (const auto& law : problem.conservation) {
    if (!is_first_order(problem, law)) continue;
    add(law.name,
        fmt::format("{} - ({})", outward_flux(problem, law, "_minus"), outward_flux(problem, law, "_plus")));
    for (auto& field : flux_fields(problem, law)) fluxes.push_back(std::move(field));
  }
  for (const auto& field : problem.fields)
    if (std::ranges::find(fluxes, field) == fluxes.end())
      add(field, fmt::format("{0}_minus - {0}_plus", field));
  return group;
}

}  // namespace

void add_jump_interfaces(const Problem& problem, Model& model) {
  auto group = continuity(problem);
  auto domain = problem.domain;
  auto level_functions = level_sets(problem);
  const auto all = candidates(problem, model);
  std::vector<Expression> known;
  // One after the other: a surface may be that of a level set before it.
  for (auto found = surfaces(model.region, all); !found.empty() && known.size() < most_surfaces;
       found = surfaces(model.region, all)) {
    const auto& level = known.emplace_back(found.front());
    group.shapes.push_back(domain.shapes.size());
    Shape shape;
    shape.name = fmt::format("jump_{}", known.size());
    shape.kind = Shape::Kind::implicit;
    shape.use = Shape::Use::interface;
    domain.shapes.push_back(shape);
    level_functions.push_back([level](std::span<const Point> points) { return level.at(points); });
    model.region = Region(domain, level_functions);
  }
  if (!group.shapes.empty()) model.groups.push_back(std::move(group));
}

}  // namespace ddpinn
