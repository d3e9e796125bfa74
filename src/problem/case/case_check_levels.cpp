// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/case/case_parts.hpp"
#include "problem/expression/scope.hpp"
#include "problem/weak_forms.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ddpinn {
namespace {

/// How a field appears in the statements of a case.
enum class Appearance { nowhere, derivatives, values };

Appearance appearance(const Text& residual, const Scope& scope, int field) {
  auto most = Appearance::nowhere;
  const Expression expression(residual, scope);
  for (const auto& argument : expression.arguments()) {
    if (argument.kind != Argument::Kind::field || argument.derivative.field != field) continue;
    if (argument.derivative.alpha == MultiIndex{}) return Appearance::values;
    most = Appearance::derivatives;
  }
  return most;
}

/// Whether an energy grows with the values of a field: not where these are in a load only, which is linear.
bool resists(const Problem& problem, const Energy& energy, int field) {
  const Expression density(energy.density, energy_scope(problem, energy));
  return std::ranges::any_of(density.arguments(), [&](const Argument& argument) {
    return argument.kind == Argument::Kind::field && argument.derivative.field == field &&
           argument.derivative.alpha == MultiIndex{} && density.derivative(argument).uses_fields();
  });
}

Appearance appearance(const Problem& problem, int field) {
  const auto& name = problem.fields[field];
  const bool observed = std::ranges::any_of(problem.data, [&](const auto& data) {
    return std::ranges::any_of(data.observed, [&](const auto& column) { return column.first == name; });
  });
  if (observed || problem.exact_enforcement.contains(name)) return Appearance::values;
  if (std::ranges::any_of(problem.energies,
                          [&](const auto& energy) { return resists(problem, energy, field); }))
    return Appearance::values;
  auto most = Appearance::nowhere;
  for (const auto& energy : problem.energies)
    most = std::max(most, std::min(appearance(energy.density, energy_scope(problem, energy), field),
                                   Appearance::derivatives));
  for (const auto& law : problem.conservation) {
    if (!law.solve) continue;
    for (const auto& [coordinate, text] : law.flux)
      most = std::max(most, appearance(text, residual_scope(problem, false), field));
    if (law.source) most = std::max(most, appearance(*law.source, residual_scope(problem, false), field));
  }
  for (const auto& natural : problem.natural)
    most = std::max(most, appearance(natural.flux, residual_scope(problem, true), field));
  for (const auto& equation : problem.equations)
    most = std::max(most, appearance(equation.residual, residual_scope(problem, false), field));
  for (const auto& condition : problem.conditions)
    most = std::max(most, appearance(condition.residual, condition_scope(problem, condition), field));
  return most;
}

/// Whether energies have a field in loads only, which fall without end along it.
bool only_loaded(const Problem& problem, int field) {
  bool found = false;
  for (const auto& energy : problem.energies) {
    const Expression density(energy.density, energy_scope(problem, energy));
    for (const auto& argument : density.arguments()) {
      if (argument.kind != Argument::Kind::field || argument.derivative.field != field) continue;
      found = true;
      if (density.derivative(argument).uses_fields()) return false;
    }
  }
  return found;
}

}  // namespace

void check_levels(const Section& root, const Problem& problem) {
  for (std::size_t f = 0; f < problem.fields.size(); ++f) {
    const auto& name = problem.fields[f];
    if (only_loaded(problem, f)) {
      root.error(
          problem.energies.front().at,
          fmt::format("the energy is linear in '{}' (so that it falls without end and has no minimum); add a "
                      "density that resists, such as that of its gradient",
                      name));
      continue;
    }
    const auto found = appearance(problem, f);
    if (found == Appearance::values) continue;
    if (found == Appearance::nowhere) {
      root.error(root.at("fields", f), "the field '" + name +
                                           "' is in no equation, condition or data (nothing determines it); "
                                           "use it in an equation, or remove it from fields");
      continue;
    }
    const bool weak = is_weak(problem);
    const auto& at = !problem.equations.empty()  ? problem.equations.front().residual.at
                     : !problem.energies.empty() ? problem.energies.front().at
                                                 : problem.conservation.front().at;
    const auto text = fmt::format(
        "nothing fixes the level of '{0}' ({1} contain its derivatives only, so that any constant can be "
        "added to "
        "it); write for example a condition with points and residual = \"{0}\"",
        name, weak ? "the weak form and its conditions" : "equations and conditions");
    // A weak form is balanced for some loads only, and singular for all.
    if (weak)
      root.error(at, text);
    else
      root.diagnostics().remark(at, text);
  }
}

}  // namespace ddpinn
