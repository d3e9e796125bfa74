// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/advice/linear_equations.hpp"

#include "base/random.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace ddpinn {

namespace {

/// Positive in the first states, since many equations take logarithms or reciprocals; of both signs in the
/// last.
double field_value(int argument, int state) {
  Random random(17, 100 * static_cast<std::uint64_t>(state) + static_cast<std::uint64_t>(argument));
  return state + 1 < states ? random.uniform(0.5, 1.5) : random.uniform(-1, 1);
}

double value_of(const Argument& argument, const Model& model, const Point& x, int place, int state) {
  switch (argument.kind) {
    case Argument::Kind::coordinate:
      return x[argument.index];
    case Argument::Kind::field:
      return field_value(place, state);
    case Argument::Kind::unknown:
      return model.unknowns[argument.index].initial;
    default:
      return 0;
  }
}

/// The group of an equation, for its `where`.
const StatementGroup& group_of(const Model& model, const Statement& equation) {
  return *std::ranges::find_if(model.groups, [&](const StatementGroup& group) {
    return std::ranges::any_of(group.statements,
                               [&](const auto& statement) { return &statement == &equation; });
  });
}

bool finite(const std::vector<Term>& terms) {
  return std::ranges::all_of(terms, [](const Term& term) { return std::isfinite(term.coefficient); });
}

bool complete(const LinearSystem& system) {
  return system.equations.size() == system.fields.size() && std::ranges::all_of(system.equations, finite);
}

}  // namespace

bool EquationBlock::has(int field) const { return std::ranges::find(fields, field) != fields.end(); }

bool EquationBlock::is_in(const Statement& statement) const {
  return std::ranges::any_of(statement.residual.arguments(), [&](const Argument& argument) {
    return argument.kind == Argument::Kind::field && has(argument.derivative.field);
  });
}

std::vector<EquationBlock> blocks(const Model& model) {
  std::vector<int> root(model.fields.size());
  std::iota(root.begin(), root.end(), 0);
  const auto each_equation = [&](auto&& visit) {
    for (const auto& group : model.groups)
      if (group.interior && !group.is_weak())
        for (const auto& statement : group.statements) visit(statement);
  };
  const auto fields_of = [](const Statement& statement) {
    std::vector<int> result;
    for (const auto& argument : statement.residual.arguments())
      if (argument.kind == Argument::Kind::field) result.push_back(argument.derivative.field);
    return result;
  };
  each_equation([&](const Statement& statement) {
    const auto fields = fields_of(statement);
    for (int f : fields) std::ranges::replace(root, root[f], root[fields.front()]);
  });
  std::vector<EquationBlock> result;
  for (int f = 0; f < std::ssize(root); ++f) {
    const auto same =
        std::ranges::find_if(result, [&](const EquationBlock& b) { return root[b.fields[0]] == root[f]; });
    (same == result.end() ? result.emplace_back() : *same).fields.push_back(f);
  }
  each_equation([&](const Statement& statement) {
    for (auto& block : result)
      if (block.is_in(statement)) block.equations.push_back(&statement);
  });
  return result;
}

std::vector<std::vector<Term>> slopes(const Model& model, const Statement& statement,
                                      std::span<const Point> points, int state) {
  const auto& arguments = statement.residual.arguments();
  std::vector<std::vector<double>> columns;
  for (std::size_t a = 0; a < arguments.size(); ++a) {
    auto& column = columns.emplace_back();
    for (const auto& x : points) column.push_back(value_of(arguments[a], model, x, a, state));
  }
  const std::vector<std::span<const double>> spans(columns.begin(), columns.end());
  const auto linear = statement.residual.linearise(spans, points.size());
  std::vector<std::vector<Term>> result(points.size());
  for (std::size_t a = 0; a < arguments.size(); ++a)
    if (arguments[a].kind == Argument::Kind::field)
      for (std::size_t i = 0; i < points.size(); ++i)
        result[i].push_back({arguments[a].derivative, linear.derivative[a][i]});
  return result;
}

std::vector<LinearSystems> linearised(const Model& model, const EquationBlock& block,
                                      std::span<const Point> points) {
  std::vector<LinearSystems> result(points.size(), LinearSystems(states, LinearSystem{{}, block.fields}));
  for (const auto* equation : block.equations) {
    const auto& where = group_of(model, *equation).where;
    const auto holds = where ? where->at(points) : std::vector<double>(points.size(), 1.0);
    std::vector<std::vector<Term>> terms;
    for (int state = 0; state < states; ++state) {
      if (state == 0 || !equation->residual.affine_in_fields())
        terms = slopes(model, *equation, points, state);
      for (std::size_t i = 0; i < points.size(); ++i)
        if (holds[i] != 0) result[i][state].equations.push_back(terms[i]);
    }
  }
  for (auto& systems : result)
    if (!std::ranges::all_of(systems, complete)) systems.clear();
  return result;
}

}  // namespace ddpinn
