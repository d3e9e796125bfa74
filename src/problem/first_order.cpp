// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/first_order.hpp"

#include "base/random.hpp"
#include "problem/expression/scope.hpp"
#include "problem/weak_forms.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <utility>

namespace ddpinn {

namespace {

constexpr std::string_view time_name = "t";

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

/// A law's equations, and what closes the surfaces of which nothing is said.
class WrittenOut {
 public:
  WrittenOut(Problem& problem, const Conservation& law, int field)
      : problem_(problem), law_(law), fields_(flux_fields(problem, law)) {
    own_ = {field};
    for (const auto& name : fields_)
      if (!name.empty()) own_.push_back(std::ranges::find(problem.fields, name) - problem.fields.begin());
  }

  void add_equations() {
    std::string balance;
    for (std::size_t d = 0; d < fields_.size(); ++d) {
      if (fields_[d].empty()) continue;
      const auto& coordinate = problem_.domain.coordinates[d];
      const auto& flux = law_.flux.at(coordinate);
      if (is_first_written(problem_, law_, coordinate))
        add(fmt::format("{}_flux_{}", law_.name, coordinate),
            {fmt::format("{} - ({})", fields_[d], flux.value), flux.at});
      balance += fmt::format("{}d({}, {})", balance.empty() ? "" : " + ", fields_[d], coordinate);
    }
    if (const auto density = law_.flux.find(std::string(time_name)); density != law_.flux.end())
      balance += fmt::format("{}d({}, t)", balance.empty() ? "" : " + ", density->second.value);
    if (law_.source) balance += fmt::format(" - ({})", law_.source->value);
    add(law_.name + "_balance", {balance, law_.at});
  }

  /// What the case says of the law's field and its flux, before any law is closed.
  void add_said(const std::vector<Condition>& conditions, const std::vector<NaturalCondition>& natural) {
    std::ranges::copy_if(conditions, std::back_inserter(said_),
                         [&](const Condition& condition) { return concerns(condition); });
    for (const auto& given : natural) {
      if (!given.conservation.empty() && given.conservation != law_.name) continue;
      add(given.name, given.on, fmt::format("{} - ({})", outward_flux(problem_, law_), given.flux.value),
          given.where, given.flux.at);
      said_.push_back(problem_.conditions.back());
    }
  }

  /// Where nothing is said: nothing flows out of the boundary, and through interfaces all of it.
  void add_unsaid() {
    add_interfaces();
    close();
  }

 private:
  void add(const std::string& name, const Text& residual) {
    auto& equation = problem_.equations.emplace_back();
    equation.name = name;
    equation.residual = residual;
  }

  void add(const std::string& name, const std::vector<std::string>& on, const std::string& residual,
           const std::optional<Text>& where, const Location& at) {
    auto& condition = problem_.conditions.emplace_back();
    condition.name = name;
    condition.on = on;
    condition.residual = {residual, at};
    condition.where = where;
    condition.at = at;
  }

  /// Whether a condition is about the law's field or its flux.
  bool concerns(const Condition& condition) const {
    const Expression residual(condition.residual, condition_scope(problem_, condition));
    return std::ranges::any_of(residual.arguments(), [&](const Argument& argument) {
      return argument.kind == Argument::Kind::field &&
             std::ranges::find(own_, argument.derivative.field) != own_.end();
    });
  }

  /// What leaves one side enters the other, where no condition says otherwise.
  void add_interfaces() {
    std::vector<std::string> on;
    for (const auto& shape : problem_.domain.shapes) {
      if (shape.use != Shape::Use::interface) continue;
      const bool said = std::ranges::any_of(said_, [&](const Condition& condition) {
        return contains(condition.on, shape.name) && uses_flux(condition);
      });
      if (!said) on.push_back(shape.name);
    }
    if (!on.empty())
      add(law_.name + "_across", on,
          fmt::format("{} - ({})", outward_flux(problem_, law_, "_minus"),
                      outward_flux(problem_, law_, "_plus")),
          {}, law_.at);
  }

  bool uses_flux(const Condition& condition) const {
    const Expression residual(condition.residual, condition_scope(problem_, condition));
    return std::ranges::any_of(residual.arguments(), [&](const Argument& argument) {
      return argument.kind == Argument::Kind::field && argument.derivative.field != own_.front() &&
             std::ranges::find(own_, argument.derivative.field) != own_.end();
    });
  }

  bool is_named(const std::string& shape) const {
    return std::ranges::any_of(problem_.conditions,
                               [&](const Condition& condition) { return contains(condition.on, shape); });
  }

  bool covers(const Condition& condition, const std::string& surface, bool is_shape) const {
    return contains(condition.on, surface) ||
           (contains(condition.on, "boundary") && !(is_shape && is_named(surface)));
  }

  /// Whether exact enforcement holds the law's field on a face: its factor is zero there.
  bool enforced(std::size_t d, bool upper) const {
    constexpr std::size_t count = 32;
    const auto found = problem_.exact_enforcement.find(problem_.fields[own_.front()]);
    if (found == problem_.exact_enforcement.end()) return false;
    const auto& domain = problem_.domain;
    Random random(37, 2 * d + (upper ? 1 : 0));
    std::vector<Point> points(count);
    for (auto& x : points)
      for (std::size_t k = 0; k < domain.coordinates.size(); ++k)
        x[k] = k == d ? (upper ? domain.upper : domain.lower)[k]
                      : random.uniform(domain.lower[k], domain.upper[k]);
    const auto values = Expression(found->second.factor, smooth_scope(problem_)).at(points);
    return std::ranges::all_of(values, [](double value) { return value == 0; });
  }

  /// Where on a surface nothing is said: a text of `where`; "" everywhere, nothing nowhere.
  std::optional<std::string> unsaid(const std::string& surface, bool is_shape) const {
    std::string where;
    for (const auto& condition : said_) {
      if (!covers(condition, surface, is_shape)) continue;
      if (!condition.where) return std::nullopt;
      where += fmt::format("{}not ({})", where.empty() ? "" : " and ", condition.where->value);
    }
    return where;
  }

  void close() {
    std::map<std::string, std::vector<std::string>> open;  // surfaces by where
    const auto& domain = problem_.domain;
    for (std::size_t d = 0; d < domain.coordinates.size(); ++d)
      for (const bool upper : {false, true}) {
        const auto face = domain.coordinates[d] + (upper ? ".upper" : ".lower");
        if (fields_[d].empty() || domain.periodic[d] || enforced(d, upper)) continue;
        if (const auto where = unsaid(face, false)) open[*where].push_back(face);
      }
    for (const auto& shape : domain.shapes)
      if (shape.use != Shape::Use::interface)
        if (const auto where = unsaid(shape.name, true)) open[*where].push_back(shape.name);
    int number = 0;
    for (const auto& [where, surfaces] : open) {
      for (const auto& surface : surfaces) keep_on_boundary(surface);
      add(fmt::format("{}_closed_{}", law_.name, ++number), surfaces, outward_flux(problem_, law_),
          where.empty() ? std::nullopt : std::optional(Text{where, law_.at}), law_.at);
    }
  }

  /// Shapes that are named are no part of "boundary": conditions of other laws there name them too.
  void keep_on_boundary(const std::string& surface) {
    const bool is_shape = std::ranges::any_of(problem_.domain.shapes,
                                              [&](const Shape& shape) { return shape.name == surface; });
    if (!is_shape || is_named(surface)) return;
    for (auto& condition : problem_.conditions)
      if (contains(condition.on, "boundary")) condition.on.push_back(surface);
  }

  Problem& problem_;
  const Conservation& law_;
  std::vector<std::string> fields_;  ///< by direction
  std::vector<int> own_;             ///< the law's field, and those of its flux
  std::vector<Condition> said_;      ///< conditions of the case on them
};

/// What of a condition's residual was the flux through a boundary; nothing of others.
std::optional<NaturalCondition> natural_of(const Problem& problem, const Conservation& law,
                                           const Condition& condition) {
  const auto start = outward_flux(problem, law) + " - (";
  if (!condition.residual.value.starts_with(start)) return std::nullopt;
  NaturalCondition natural{condition.name, condition.on,    condition.residual,
                           law.name,       condition.where, condition.at};
  natural.flux.value = condition.residual.value.substr(start.size());
  natural.flux.value.pop_back();
  return natural;
}

/// Whether a condition was added where the case says nothing.
bool is_added(const Conservation& law, const Condition& condition) {
  return condition.name == law.name + "_across" || condition.name.starts_with(law.name + "_closed_");
}

bool is_written_out(const Problem& problem, const Conservation& law) {
  const auto names = equation_names(problem, law);
  return std::ranges::any_of(problem.equations,
                             [&](const Equation& equation) { return equation.name == names.back(); });
}

}  // namespace

void write_out_first_order(Problem& problem) {
  if (!has_first_order_laws(problem)) return;
  const SolvedLaws laws(problem);
  const auto natural = std::exchange(problem.natural, {});
  const auto conditions = problem.conditions;
  std::vector<WrittenOut> written;
  for (const auto& law : problem.conservation)
    if (is_first_order(problem, law) && !is_written_out(problem, law))
      written.emplace_back(problem, law, laws.form(law).of.front().field);
  for (auto& law : written) law.add_equations();
  for (auto& law : written) law.add_said(conditions, natural);
  for (auto& law : written) law.add_unsaid();
}

Problem in_weak_form(Problem problem) {
  std::vector<std::string> fluxes;
  for (const auto& law : problem.conservation) {
    if (!is_first_order(problem, law)) continue;
    const auto names = equation_names(problem, law);
    std::erase_if(problem.equations,
                  [&](const Equation& equation) { return contains(names, equation.name); });
    std::erase_if(problem.conditions, [&](const Condition& condition) {
      if (is_added(law, condition)) return true;
      auto natural = natural_of(problem, law, condition);
      if (natural) problem.natural.push_back(std::move(*natural));
      return natural.has_value();
    });
    for (auto& name : flux_fields(problem, law)) fluxes.push_back(std::move(name));
  }
  std::erase_if(problem.fields, [&](const std::string& name) { return contains(fluxes, name); });
  return problem;
}

}  // namespace ddpinn
