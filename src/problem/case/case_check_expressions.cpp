// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/case/case_keys.hpp"
#include "problem/case/case_parts.hpp"
#include "problem/expression/expression.hpp"
#include "problem/expression/expression_parser.hpp"
#include "problem/expression/interface_names.hpp"
#include "problem/expression/scope.hpp"

#include <algorithm>
#include <set>

namespace ddpinn {
namespace {

class ExpressionCheck {
 public:
  ExpressionCheck(const Section& root, const Problem& problem, Diagnostics& diagnostics)
      : root_(root), problem_(problem), diagnostics_(diagnostics) {}

  void run() {
    check_definitions();
    for (const auto& equation : problem_.equations) {
      check_residual(equation.residual, "equation", equation.name, residual_scope(problem_, false));
      if (equation.where) compile(*equation.where, coordinates_);
    }
    for (const auto& energy : problem_.energies) check_energy(energy);
    for (const auto& condition : problem_.conditions) {
      check_residual(condition.residual, "condition", condition.name, condition_scope(problem_, condition));
      if (condition.where) compile(*condition.where, coordinates_);
    }
    for (const auto& quantity : problem_.quantities)
      compile(quantity.expression, residual_scope(problem_, !quantity.on.empty()));
    for (const auto& law : problem_.conservation) {
      for (const auto& [coordinate, text] : law.flux) compile(text, residual_scope(problem_, false));
      if (law.source) compile(*law.source, residual_scope(problem_, false));
      if (law.solve) check_law(law);
    }
    for (const auto& natural : problem_.natural) {
      if (const auto flux = compile(natural.flux, residual_scope(problem_, true))) note_unknowns(*flux);
      if (natural.where) compile(*natural.where, coordinates_);
    }
    for (const auto& [field, enforcement] : problem_.exact_enforcement) {
      compile(enforcement.lift, smooth_scope(problem_));
      compile(enforcement.factor, smooth_scope(problem_));
    }
    for (const auto& [field, text] : problem_.exact) compile(text, coordinates_);
    for (const auto& data : problem_.data)
      for (const auto& [field, text] : data.values) compile(text, coordinate_scope(problem_, Value::number));
    for (const auto& shape : problem_.domain.shapes)
      if (shape.kind == Shape::Kind::implicit)
        compile(shape.inside,
                shape.use == Shape::Use::interface ? interface_shape_scope(problem_) : coordinates_);
  }

  /// Unknowns that nothing depends on.
  void check_unknowns() const {
    for (std::size_t i = 0; i < problem_.unknowns.size(); ++i)
      if (const auto& name = problem_.unknowns[i].name; !used_.contains(i))
        root_.error(root_.section("unknowns").at(name),
                    "the unknown " + name +
                        " is in no residual (so nothing can tell its value); use it in an equation or a "
                        "condition, or remove it");
  }

  int order = 0;  ///< of the equations

 private:
  void check_definitions() {
    expr::check_definitions(residual_scope(problem_, true), interface_definitions(problem_).size(),
                            [this](const Error& error) { diagnostics_.add(error); });
  }

  std::optional<Expression> compile(const Text& text, const Scope& scope) {
    if (text.at.file.empty()) return {};  // the key is missing or wrong, which is reported already
    try {
      return Expression(text, scope);
    } catch (const Error& error) {
      diagnostics_.add(error);
      return {};
    }
  }

  void check_residual(const Text& text, const std::string& kind, const std::string& name,
                      const Scope& scope) {
    const auto compiled = compile(text, scope);
    if (!compiled) return;
    bool has_field = false;
    note_unknowns(*compiled);
    for (const auto& argument : compiled->arguments()) {
      if (argument.kind != Argument::Kind::field) continue;
      has_field = true;
      if (!scope.normals) order = std::max(order, ddpinn::order(argument.derivative.alpha));
    }
    if (!has_field)
      root_.error(text.at, "the residual of the " + kind + " \"" + name +
                               "\" has no field in it (so nothing can make it zero); the fields are " +
                               listed(problem_.fields, "and"));
  }

  void check_energy(const Energy& energy) {
    const auto compiled = compile(energy.density, energy_scope(problem_, energy));
    if (energy.where) compile(*energy.where, coordinates_);
    if (!compiled) return;
    if (!compiled->uses_fields())
      root_.error(energy.density.at, "the density of the energy \"" + energy.name +
                                         "\" has no field in it (so nothing can make it smaller); the fields "
                                         "are " +
                                         listed(problem_.fields, "and"));
    note_unknowns(*compiled);
    for (const auto& argument : compiled->arguments())
      if (argument.kind == Argument::Kind::field)
        order = std::max(order, ddpinn::order(argument.derivative.alpha));
  }

  void note_unknowns(const Expression& expression) {
    for (const auto& argument : expression.arguments())
      if (argument.kind == Argument::Kind::unknown) used_.insert(argument.index);
  }

  /// One that is solved, whose expressions may be wrong.
  void check_law(const Conservation& law) {
    order = std::max(order, 1);
    bool has_field = false, right = true;
    const auto look_at = [&](const Text& text) {
      if (text.at.file.empty()) return right = false;
      try {
        const Expression compiled(text, residual_scope(problem_, false));
        has_field = has_field || compiled.uses_fields();
        note_unknowns(compiled);
        for (const auto& argument : compiled.arguments())
          if (argument.kind == Argument::Kind::field && ddpinn::order(argument.derivative.alpha) > 1)
            root_.error(text.at,
                        "the conservation law \"" + law.name +
                            "\" is solved and has second derivatives (fluxes and sources may have first "
                            "ones, which are tested with those of the fields); write a field for the "
                            "gradient, or an equation");
      } catch (const Error&) {
        right = false;  // reported already
      }
      return right;
    };
    for (const auto& [coordinate, text] : law.flux) look_at(text);
    if (law.source) look_at(*law.source);
    if (right && !has_field)
      root_.error(law.at, "the conservation law \"" + law.name +
                              "\" has no field in it (so nothing can make it hold); the fields are " +
                              listed(problem_.fields, "and"));
  }

  const Section& root_;
  const Problem& problem_;
  Diagnostics& diagnostics_;
  std::set<std::size_t> used_;  ///< unknowns in residuals
  Scope coordinates_ = coordinate_scope(problem_);
};

}  // namespace

std::optional<int> check_expressions(const Section& root, const Problem& problem) {
  auto& diagnostics = root.diagnostics();
  const auto errors = diagnostics.size();
  ExpressionCheck check(root, problem, diagnostics);
  check.run();
  if (diagnostics.size() == 0) check.check_unknowns();
  return diagnostics.size() == errors ? std::optional(check.order) : std::nullopt;
}

}  // namespace ddpinn
