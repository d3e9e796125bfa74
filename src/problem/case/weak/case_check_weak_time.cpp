// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "base/random.hpp"
#include "problem/case/case_parts.hpp"
#include "problem/expression/scope.hpp"
#include "problem/time_slabs.hpp"
#include "problem/weak_forms.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace ddpinn {
namespace {

/// Weak forms in time: what says how fields begin, and how fast they change.
class WeakTime {
 public:
  WeakTime(const Section& root, const Problem& problem)
      : root_(root), problem_(problem), t_(time_direction(problem)) {}

  void check() const {
    if (t_ < 0) return;
    for (const auto& energy : problem_.energies) check_energy(energy);
    check_signs();
    for (const auto& law : problem_.conservation)
      if (law.solve) check_law(law);
    for (const auto& natural : problem_.natural)
      if (on_end(natural.on))
        root_.error(natural.at,
                    fmt::format("the condition \"{}\" gives a flux through an end of time (along "
                                "t stands a density, and what it is at the start says a condition "
                                "on \"t.lower\" with residual); remove it",
                                natural.name));
    for (const auto& condition : problem_.conditions)
      if (stands_on(condition.on, "t.lower") && has_rate(condition))
        root_.error(
            condition.residual.at,
            fmt::format("the condition \"{}\" says how fast fields change at the start (what dissipates "
                        "energy begins with values, and its rates follow; waves have both); write waves "
                        "as equations, such as [[equation]] residual = \"{}_tt - ...\"",
                        condition.name, problem_.fields.front()));
      else if (stands_on(condition.on, "t.upper"))
        root_.error(
            condition.at,
            fmt::format("the condition \"{}\" stands on \"t.upper\" (weak forms go on from the start, "
                        "and how they end follows); write it on \"t.lower\"",
                        condition.name));
    check_start();
  }

 private:
  static bool stands_on(const std::vector<std::string>& on, const std::string& face) {
    return std::ranges::find(on, face) != on.end();
  }
  static bool on_end(const std::vector<std::string>& on) {
    return stands_on(on, "t.lower") || stands_on(on, "t.upper");
  }

  bool has_rate(const Condition& condition) const {
    const Expression residual(condition.residual, condition_scope(problem_, condition));
    return std::ranges::any_of(residual.arguments(), [&](const Argument& argument) {
      return argument.kind == Argument::Kind::field && argument.derivative.alpha[t_] > 0;
    });
  }

  /// Of the second derivatives of the sum of all densities by rates, or by gradients, for many fields.
  struct Signs {
    bool positive = false, negative = false;
    bool only_negative() const { return negative && !positive; }
  };
  Signs signs(int field, bool of_rates) const {
    Signs result;
    for (const auto& energy : problem_.energies) {
      if (!energy.on.empty()) continue;
      const Expression density(energy.density, energy_scope(problem_, energy));
      for (const auto& argument : density.arguments()) {
        if (argument.kind != Argument::Kind::field || argument.derivative.field != field) continue;
        const auto& alpha = argument.derivative.alpha;
        if (order(alpha) == 0 || (alpha[t_] > 0) != of_rates) continue;
        for (double value : own_curvature(density, argument)) {
          result.positive = result.positive || value > 0;
          result.negative = result.negative || value < 0;
        }
      }
    }
    return result;
  }

  /// The second derivative by one argument, for fields of both signs and about this size.
  std::vector<double> own_curvature(const Expression& density, const Argument& argument) const {
    constexpr std::size_t count = 64;
    const auto slope = density.derivative(argument);
    std::vector<std::vector<double>> columns;
    for (const auto& other : slope.arguments()) {
      auto& column = columns.emplace_back();
      const auto d = static_cast<std::size_t>(other.index);
      Random random(43, columns.size());
      for (std::size_t i = 0; i < count; ++i)
        column.push_back(other.kind == Argument::Kind::coordinate
                             ? random.uniform(problem_.domain.lower[d], problem_.domain.upper[d])
                         : other.kind == Argument::Kind::unknown ? problem_.unknowns[d].initial
                                                                 : random.uniform(-1, 1));
    }
    const std::vector<std::span<const double>> spans(columns.begin(), columns.end());
    auto linear = slope.linearise(spans, count);
    for (std::size_t a = 0; a < columns.size(); ++a)
      if (slope.arguments()[a] == argument) return std::move(linear.derivative[a]);
    return {};
  }

  /// Rates dissipate what is stored: both count with one sign. An action has them with opposite ones.
  void check_signs() const {
    for (std::size_t f = 0; f < problem_.fields.size(); ++f) {
      const auto& name = problem_.fields[f];
      const auto rates = signs(static_cast<int>(f), true), gradients = signs(static_cast<int>(f), false);
      const bool action =
          (rates.only_negative() && gradients.positive) || (rates.positive && gradients.only_negative());
      if (!action && !rates.only_negative()) continue;
      const auto& at = problem_.energies.front().density.at;
      if (action)
        root_.error(at,
                    fmt::format("rates and gradients of '{0}' have opposite signs (as in an action, which "
                                "waves make stationary; here rates dissipate what is stored, as in "
                                "{0}_t**2/2 + {0}_x**2/2); write waves as equations, such as [[equation]] "
                                "residual = \"{0}_tt - ...\", or change a sign",
                                name));
      else
        root_.error(at, fmt::format("rates of '{}' have a negative factor (they would feed energy instead of "
                                    "dissipating it); change the sign",
                                    name));
    }
  }

  void check_energy(const Energy& energy) const {
    if (on_end(energy.on))
      root_.error(energy.at, fmt::format("the energy \"{}\" stands on an end of time (an energy is that of "
                                         "the fields at one time); write a condition on \"t.lower\"",
                                         energy.name));
    const Expression density(energy.density, energy_scope(problem_, energy));
    for (const auto& argument : density.arguments())
      if (argument.kind == Argument::Kind::field && argument.derivative.alpha[t_] > 1)
        return root_.error(
            energy.density.at,
            fmt::format("the density of the energy \"{}\" has second derivatives in time (energy is "
                        "dissipated by rates, which are first ones); write equations",
                        energy.name));
  }

  void check_law(const Conservation& law) const {
    const auto found = law.flux.find("t");
    if (found == law.flux.end()) return;
    const Expression density(found->second, residual_scope(problem_, false));
    if (std::ranges::any_of(density.arguments(), [](const Argument& argument) {
          return argument.kind == Argument::Kind::field && argument.derivative.alpha != MultiIndex{};
        }))
      root_.error(
          found->second.at,
          fmt::format("the density of the conservation law \"{}\" has derivatives (its rate would have "
                      "second ones); write a field for them",
                      law.name));
  }

  bool has_rates() const {
    return falls_in_time(problem_) || std::ranges::any_of(problem_.conservation, [](const Conservation& law) {
             return law.solve && law.flux.contains("t");
           });
  }

  const Condition* start() const {
    const auto found = std::ranges::find_if(
        problem_.conditions, [](const Condition& condition) { return stands_on(condition.on, "t.lower"); });
    return found == problem_.conditions.end() ? nullptr : &*found;
  }

  bool enforces_start() const {
    return std::ranges::any_of(problem_.exact_enforcement, [&](const auto& entry) {
      const Expression factor(entry.second.factor, coordinate_scope(problem_));
      return std::ranges::any_of(factor.arguments(), [&](const Argument& argument) {
        return argument.kind == Argument::Kind::coordinate && argument.index == t_;
      });
    });
  }

  void check_start() const {
    const bool energies = !problem_.energies.empty();
    const auto& field = problem_.fields.front();
    const auto* given = start();
    if (given && !has_rates())
      root_.error(given->at,
                  fmt::format("the condition \"{}\" says how fields begin, and {} has rates (so that fields "
                              "have no memory); {}",
                              given->name, energies ? "no energy" : "no conservation law",
                              energies ? fmt::format("add what dissipates energy to a density, such as "
                                                     "{}_t**2/2, or remove the condition",
                                                     field)
                                       : fmt::format("add a density to a flux, such as t = \"{}\", or remove "
                                                     "the condition",
                                                     field)));
    if (given || !has_rates() || problem_.domain.periodic[t_] || enforces_start()) return;
    root_.error(energies ? problem_.energies.front().at : problem_.conservation.front().at,
                fmt::format("nothing says how the fields begin ({} rates in time); write a condition with "
                            "on = [\"t.lower\"] and, for example, residual = \"{}\"",
                            energies ? "energies have" : "conservation laws have", field));
  }

  const Section& root_;
  const Problem& problem_;
  int t_;
};

}  // namespace

void check_weak_time(const Section& root, const Problem& problem) { WeakTime(root, problem).check(); }

}  // namespace ddpinn
