// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/model.hpp"

#include "problem/expression/level_sets.hpp"
#include "problem/expression/scope.hpp"
#include "problem/first_order.hpp"
#include "problem/jump_interfaces.hpp"
#include "problem/weak_forms.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace ddpinn {

namespace {

/// Adds a face or a surface by its name in the case file. "boundary" is all faces but those of time, and the
/// surfaces of the shapes (but interfaces) that no condition names, since a shape that is named has
/// conditions of its own.
class Places {
 public:
  explicit Places(const Problem& problem) : problem_(problem) {
    for (const auto& condition : problem.conditions)
      named_.insert(named_.end(), condition.on.begin(), condition.on.end());
    for (const auto& energy : problem.energies)
      named_.insert(named_.end(), energy.on.begin(), energy.on.end());
    for (const auto& natural : problem.natural)
      named_.insert(named_.end(), natural.on.begin(), natural.on.end());
  }

  void add(const std::string& name, const Location& at, StatementGroup& group) const {
    if (name == "boundary") return add_boundary(group);
    for (std::size_t i = 0; i < problem_.domain.shapes.size(); ++i)
      if (problem_.domain.shapes[i].name == name) {
        group.interface = problem_.domain.shapes[i].use == Shape::Use::interface;
        return group.shapes.push_back(i);
      }
    for (int d = 0; d < dimension(); ++d)
      for (bool upper : {false, true})
        if (name == coordinate(d) + (upper ? ".upper" : ".lower")) return group.faces.push_back({d, upper});
    throw Error(Status::case_file, at,
                "there is no boundary named '" + name + "'; name a face such as " + coordinate(0) +
                    ".lower, a shape, or \"boundary\"");
  }

 private:
  int dimension() const { return problem_.domain.coordinates.size(); }
  const std::string& coordinate(int d) const { return problem_.domain.coordinates[d]; }

  void add_boundary(StatementGroup& group) const {
    for (int d = 0; d < dimension(); ++d)
      if (coordinate(d) != "t" && !problem_.domain.periodic[d])
        for (bool upper : {false, true}) group.faces.push_back({d, upper});
    for (std::size_t i = 0; i < problem_.domain.shapes.size(); ++i) {
      const auto& shape = problem_.domain.shapes[i];
      if (shape.use != Shape::Use::interface && std::ranges::find(named_, shape.name) == named_.end())
        group.shapes.push_back(i);
    }
  }

  const Problem& problem_;
  std::vector<std::string> named_;
};

Point to_point(const std::vector<double>& values) {
  Point x{};
  std::ranges::copy(values, x.begin());
  return x;
}

/// Groups statements that share their points: the same kind of place, the same names, points and `where`.
class Grouping {
 public:
  using Key = std::tuple<bool, std::vector<std::string>, std::vector<std::vector<double>>, std::string>;

  StatementGroup& group(const Key& key, std::vector<StatementGroup>& groups, bool& is_new) {
    const auto [place, inserted] = places_.try_emplace(key, groups.size());
    is_new = inserted;
    if (inserted) groups.emplace_back().interior = std::get<0>(key);
    return groups[place->second];
  }

 private:
  std::map<Key, std::size_t> places_;
};

std::string text_of(const std::optional<Text>& where) { return where ? where->value : ""; }

Statement statement(const std::string& name, const Text& residual, const Scope& scope) {
  return {name, Residual(residual, scope), {}, residual.at};
}

/// Of an equation or a condition.
template <class Source>
Statement statement(const Source& source, const Scope& scope) {
  return {source.name, Residual(source, scope), source.weight, source.residual.at};
}

void add_equations(const Problem& problem, Grouping& grouping, std::vector<StatementGroup>& groups) {
  for (const auto& equation : problem.equations) {
    bool is_new = false;
    auto& group = grouping.group({true, {}, {}, text_of(equation.where)}, groups, is_new);
    if (is_new && equation.where) group.where.emplace(*equation.where, coordinate_scope(problem));
    group.statements.push_back(statement(equation, residual_scope(problem, false)));
  }
}

/// The stresses that rows stand for.
void add_rows(StatementGroup& group) {
  for (auto n : group.weak->curved) group.statements.push_back(group.weak->stress[n]);
}

void add_energies(const Problem& problem, std::vector<StatementGroup>& groups) {
  const Places places(problem);
  for (const auto& energy : problem.energies) {
    auto& group = groups.emplace_back();
    group.interior = energy.on.empty();
    for (const auto& name : energy.on) places.add(name, energy.at, group);
    if (energy.where) group.where.emplace(*energy.where, coordinate_scope(problem));
    group.weak = weak_form(problem, energy);
    add_rows(group);
  }
}

/// Conservation laws that are solved, and the fluxes that are given.
void add_laws(const Problem& problem, std::vector<StatementGroup>& groups) {
  const SolvedLaws laws(problem);
  const Places places(problem);
  for (const auto& law : problem.conservation) {
    if (!law.solve || is_first_order(problem, law)) continue;
    auto& group = groups.emplace_back();
    group.weak = laws.form(law);
    add_rows(group);
  }
  for (const auto& natural : problem.natural) {
    auto& group = groups.emplace_back();
    group.interior = false;
    for (const auto& name : natural.on) places.add(name, natural.at, group);
    if (natural.where) group.where.emplace(*natural.where, coordinate_scope(problem));
    group.weak = laws.form(natural);
    add_rows(group);
  }
}

void add_conditions(const Problem& problem, Grouping& grouping, std::vector<StatementGroup>& groups) {
  const Places places(problem);
  for (const auto& condition : problem.conditions) {
    bool is_new = false;
    auto& group =
        grouping.group({false, condition.on, condition.points, text_of(condition.where)}, groups, is_new);
    if (is_new) {
      for (const auto& name : condition.on) places.add(name, condition.at, group);
      std::ranges::transform(condition.points, std::back_inserter(group.points), to_point);
      if (condition.where) group.where.emplace(*condition.where, coordinate_scope(problem));
    }
    auto scope = condition_scope(problem, condition);
    scope.given = condition.given;
    group.given_columns = std::max(group.given_columns, condition.given.size());
    group.statements.push_back(statement(condition, scope));
  }
}

/// A group for each data set: field - observation at its points.
void add_data(const Problem& problem, std::vector<StatementGroup>& groups) {
  for (std::size_t i = 0; i < problem.data.size(); ++i) {
    const auto& data = problem.data[i];
    auto& group = groups.emplace_back();
    group.interior = false;
    std::ranges::transform(data.points, std::back_inserter(group.points), to_point);
    auto scope = residual_scope(problem, false);
    for (const auto& [field, values] : data.observed) {
      const auto name = "data_" + std::to_string(i + 1) + "_" + field;
      scope.given.push_back("_" + name);  // no user can give a name such as this
      group.statements.push_back(statement(name, {field + " - _" + name, {}}, scope));
      group.statements.back().deviation = data.standard_deviation;
      group.statements.back().weight = data.weight;
      group.given.push_back(values);
    }
    group.given_columns = group.given.size();
  }
}

CompiledConservation compile_law(const Problem& problem, const Conservation& law) {
  const auto scope = residual_scope(problem, false);
  CompiledConservation result{law.name, {}, {}};
  for (const auto& coordinate : problem.domain.coordinates) {
    const auto found = law.flux.find(coordinate);
    result.flux.emplace_back();
    if (found != law.flux.end()) result.flux.back() = statement("flux of " + law.name, found->second, scope);
  }
  if (law.source) result.source = statement("source of " + law.name, *law.source, scope);
  return result;
}

}  // namespace

std::vector<Derivative> StatementGroup::derivatives() const {
  std::vector<Derivative> result;
  for (const auto& statement : statements)
    for (const auto& argument : statement.residual.arguments())
      if (argument.kind == Argument::Kind::field &&
          std::ranges::find(result, argument.derivative) == result.end())
        result.push_back(argument.derivative);
  if (weak)
    for (const auto& derivative : weak->of)
      if (std::ranges::find(result, derivative) == result.end()) result.push_back(derivative);
  return result;
}

std::vector<double> Model::initial_unknowns() const {
  std::vector<double> values;
  for (const auto& unknown : unknowns) values.push_back(unknown.initial);
  return values;
}

Model compile(const Problem& problem) {
  Model model{problem.fields, Region(problem.domain, level_sets(problem)), {}, {}, {}, problem.unknowns};
  Grouping grouping;
  add_equations(problem, grouping, model.groups);
  add_energies(problem, model.groups);
  add_laws(problem, model.groups);
  if (is_weak(problem) || has_first_order_laws(problem)) add_jump_interfaces(problem, model);
  add_conditions(problem, grouping, model.groups);
  add_data(problem, model.groups);
  model.coordinates = problem.domain.coordinates;
  for (const auto& law : problem.conservation) model.conservation.push_back(compile_law(problem, law));
  const auto scope = coordinate_scope(problem);
  const auto enforced_scope = smooth_scope(problem);
  for (const auto& field : problem.fields) {
    const auto enforced = problem.exact_enforcement.find(field);
    model.enforcement.emplace_back();
    if (enforced != problem.exact_enforcement.end())
      model.enforcement.back() = {Expression(enforced->second.lift, enforced_scope),
                                  Expression(enforced->second.factor, enforced_scope)};
    const auto scale = problem.scales.find(field);
    model.scales.push_back(scale == problem.scales.end() ? 0 : scale->second);
    const auto exact = problem.exact.find(field);
    model.exact.emplace_back();
    if (exact != problem.exact.end()) model.exact.back().emplace(exact->second, scope);
  }
  for (const auto& group : model.groups) {
    for (const auto& derivative : group.derivatives())
      model.order = std::max(model.order, order(derivative.alpha));
    for (const auto& statement : group.statements)
      model.affine = model.affine && statement.residual.affine_in_fields();
  }
  return model;
}

}  // namespace ddpinn
