// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/case/case_parts.hpp"
#include "problem/case/case_tree.hpp"
#include "problem/expression/scope.hpp"
#include "problem/residual.hpp"
#include "problem/time_slabs.hpp"
#include "problem/weak_forms.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ddpinn {
namespace {

/// What the solution of weak forms has no place for.
void check_company(const Section& root, const Problem& problem, const Options& options) {
  const bool energies = !problem.energies.empty();
  const auto first = std::ranges::find_if(problem.conservation, &Conservation::solve);
  const auto refuse = [&](const std::string& what, const std::string& why, const std::string& remedy) {
    root.error(energies ? problem.energies.front().at : first->at,
               fmt::format("{} with {} ({}); {}", energies ? "energies" : "conservation laws that are solved",
                           what, why, remedy));
  };
  if (energies && std::ranges::none_of(problem.energies, [](const Energy& e) { return e.on.empty(); }))
    refuse("no density over the domain", "all have `on`", "add [[energy]] without `on`");
  if (energies && first != problem.conservation.end())
    refuse("conservation laws that are solved", "either an energy is made smallest or fluxes are balanced",
           "write all as energies, or all as conservation laws");
  if (!problem.equations.empty())
    refuse("[[equation]]", "the solution has either this weak form or small residuals",
           energies ? "write all as energies, or all as equations"
                    : "write all as conservation laws, or all as equations");
  if (!problem.data.empty() && problem.unknowns.empty())
    refuse("[[data]] but no [unknowns]",
           "the weak form has its solution without observations, which nothing is fitted to",
           "declare in [unknowns] what they are to tell, or write equations");
  if (options.points.sampling != Sampling::gauss)
    refuse("points.sampling = " + as_toml(std::string(spelling(options.points.sampling))),
           "a weak form is integrated by Gauss points", "remove it");
  if (options.decomposition.coupling == Coupling::interface)
    refuse("coupling = \"interface\"", "subdomains share one weak form", "use coupling = \"windowed\"");
  if (options.solver.trains())
    refuse("trained hidden layers", "output layers alone solve the weak form",
           "use method = \"least-squares\"");
  if (options.solver.krylov.type == KrylovType::lsqr)
    refuse("krylov.type = \"lsqr\"", "the weak form's part is no residual of rows", "use type = \"cg\"");
  if (!options.decomposition.levels.empty())
    refuse("decomposition.levels", "integrals are exact between the ends of the windows of one decomposition",
           "remove it: long waves are found by the preconditioner's coarse space");
  if (!options.coarse.empty())
    refuse("[coarse]", "a grid solves equations", "remove it: convex energies need no start");
}

}  // namespace

void check_weak_forms(const Section& root, const Problem& problem, const Options& options) {
  if (is_weak(problem)) {
    check_company(root, problem, options);
  } else if (problem.equations.empty() && !root.has("equation")) {
    root.error(
        root.at(),
        "'equation' is missing (a case needs equations, energies, or conservation laws to solve); write for "
        "example [[equation]]");
  }
  const auto laws = std::ranges::count_if(problem.conservation, &Conservation::solve);
  if (laws > 0 && laws != std::ssize(problem.fields))
    root.error(
        std::ranges::find_if(problem.conservation, &Conservation::solve)->at,
        fmt::format("{} conservation law{} solved for {} field{} (each law determines one field); write as "
                    "many laws with solve = true as there are fields",
                    laws, laws == 1 ? " is" : "s are", problem.fields.size(),
                    problem.fields.size() == 1 ? "" : "s"));
}

void check_natural_conditions(const Section& root, const Problem& problem, int order) {
  for (const auto& condition : problem.conditions) {
    const Residual residual(condition, condition_scope(problem, condition));
    const bool natural = std::ranges::any_of(residual.arguments(), [&](const Argument& argument) {
      return argument.kind == Argument::Kind::field && ddpinn::order(argument.derivative.alpha) >= order;
    });
    if (!natural) continue;
    const auto& field = problem.fields.front();
    root.error(condition.residual.at,
               problem.energies.empty()
                   ? fmt::format(
                         "the condition \"{}\" has derivatives, as the fluxes of the conservation laws have, "
                         "which are zero on boundaries by themselves, or what a condition says (it would "
                         "stand beside that); leave it out, or write flux = ... instead of residual",
                         condition.name)
                   : fmt::format("the condition \"{}\" has derivatives of order {} (as the energy has, whose "
                                 "minimum meets such conditions by itself: the flux through the boundary is "
                                 "zero, or what an energy there gives); leave it out, or write [[energy]] "
                                 "with on and, for a flux g, density = \"-g*{}\"",
                                 condition.name, order, field));
  }
}

namespace {

/// Weak forms in time: what says how fields begin, and how fast they change.
class WeakTime {
 public:
  WeakTime(const Section& root, const Problem& problem)
      : root_(root), problem_(problem), t_(time_direction(problem)) {}

  void check() const {
    if (t_ < 0) return;
    for (const auto& energy : problem_.energies) check_energy(energy);
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
      if (stands_on(condition.on, "t.upper"))
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
