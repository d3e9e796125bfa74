// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/case/case_parts.hpp"
#include "problem/case/case_tree.hpp"
#include "problem/expression/scope.hpp"
#include "problem/first_order.hpp"
#include "problem/residual.hpp"
#include "problem/weak_forms.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

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

/// Fields that are fluxes of laws.
std::ptrdiff_t fluxes(const Problem& problem) {
  std::set<std::string> names;
  for (const auto& law : problem.conservation)
    if (is_first_order(problem, law))
      for (auto& name : flux_fields(problem, law)) names.insert(std::move(name));
  names.erase("");
  return std::ssize(names);
}

/// That a form is said of laws that are solved, and one of all.
void check_forms(const Section& root, const Problem& problem) {
  const auto sections = root.sections("conservation");
  for (std::size_t i = 0; i < sections.size(); ++i)
    if (const auto& law = problem.conservation[i]; sections[i].has("form") && !law.solve)
      root.error(
          sections[i].at("form"),
          fmt::format("the conservation law \"{}\" has a form and is not solved (it is a balance to be "
                      "told); add solve = true, or remove it",
                      law.name));
    else if (is_first_order(problem, law) && is_weak(problem))
      root.error(
          sections[i].at("form"),
          fmt::format("the conservation law \"{}\" is solved by least squares, beside {} (the solution "
                      "has either a weak form or small residuals); write all in one form",
                      law.name, problem.energies.empty() ? "laws in weak form" : "energies"));
}

/// What first-order systems have no place for.
void check_first_order(const Section& root, const Problem& problem, const Options& options) {
  const auto& first = *std::ranges::find_if(problem.conservation, &Conservation::solve);
  for (const auto& equation : problem.equations) {
    const bool written_out = std::ranges::any_of(problem.conservation, [&](const Conservation& law) {
      const auto names = equation_names(problem, law);
      return law.solve && std::ranges::find(names, equation.name) != names.end();
    });
    if (!written_out)
      root.error(equation.residual.at,
                 fmt::format("the equation \"{}\" beside conservation laws that are solved (each of them "
                             "determines one field already); write all as equations, or all as laws",
                             equation.name));
  }
  if (options.decomposition.coupling == Coupling::interface)
    root.error(
        first.at,
        "conservation laws in first-order form with coupling = \"interface\" (subdomains would have to "
        "hand over a part of each flux only); use coupling = \"windowed\"");
}

}  // namespace

void check_weak_forms(const Section& root, const Problem& problem, const Options& options) {
  check_forms(root, problem);
  if (is_weak(problem)) {
    check_company(root, problem, options);
  } else if (has_first_order_laws(problem)) {
    check_first_order(root, problem, options);
  } else if (problem.equations.empty() && !root.has("equation")) {
    root.error(
        root.at(),
        "'equation' is missing (a case needs equations, energies, or conservation laws to solve); write for "
        "example [[equation]]");
  }
  const auto laws = std::ranges::count_if(problem.conservation, &Conservation::solve);
  const auto fields = std::ssize(problem.fields) - fluxes(problem);
  if (laws > 0 && laws != fields)
    root.error(
        std::ranges::find_if(problem.conservation, &Conservation::solve)->at,
        fmt::format("{} conservation law{} solved for {} field{} (each law determines one field); write as "
                    "many laws with solve = true as there are fields",
                    laws, laws == 1 ? " is" : "s are", fields, fields == 1 ? "" : "s"));
}

void check_natural_conditions(const Section& root, const Problem& problem, int order) {
  if (order == 0) return;
  for (const auto& condition : problem.conditions) {
    if (std::ranges::find(condition.on, "t.lower") != condition.on.end()) continue;  // see WeakTime
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

}  // namespace ddpinn
