// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/case/case_parts.hpp"
#include "problem/expression/scope.hpp"
#include "problem/residual.hpp"
#include "problem/time_slabs.hpp"
#include "problem/weak_forms.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ddpinn {
namespace {

/// What training in the coupling by traces has no use for: all subdomains train at once, each by itself.
void check_local_training(const Section& root, const Options& options) {
  const auto& interface = options.decomposition.interface;
  const auto section = root.section("decomposition").section("interface");
  if (!options.solver.trains()) return;
  const bool solves = interface.acceleration != Acceleration::none &&
                      std::ranges::count(options.solver.method, Method::gauss_newton) > 0;
  if (interface.order == SubdomainOrder::multiplicative && !solves)
    root.error(section.at("order"),
               "order = \"multiplicative\" where only traces are exchanged between rounds of training (all "
               "subdomains train at the same time); use order = \"additive\"");
  const auto adam = root.section("solver").section("adam");
  if (options.solver.adam.schedule != AdamSchedule::all || options.solver.adam.every != 1)
    root.error(adam.has("schedule") ? adam.at("schedule") : adam.at("every"),
               "a schedule of Adam with coupling = \"interface\" (each subdomain trains by itself there); "
               "use decomposition.interface.local_steps");
}

/// The coupling by traces: each subdomain has rows of its own on its box, and no others.
void check_interface_coupling(const Section& root, const Options& options) {
  check_local_training(root, options);
  if (options.time.slabs > 1)
    root.error(
        root.section("time").at(options.time.breakpoints.empty() ? "slabs" : "breakpoints"),
        "time slabs with coupling = \"interface\" (it solves layers of subdomains in time one after the "
        "other anyway); use time.slabs = 1");
}

void check_training(const Section& root, const Problem& problem, const Options& options) {
  const auto at = root.section("solver").at("method");
  const auto refuse = [&](const std::string& what, const std::string& why) {
    root.error(at, "trained hidden layers with " + what + " (" + why + "); use method = \"least-squares\"");
  };
  if (std::ranges::any_of(problem.domain.shapes,
                          [](const Shape& shape) { return shape.use == Shape::Use::interface; }))
    refuse("[[domain.interface]]", "trained networks do not know the sides of interfaces");
  if (options.time.slabs > 1 && options.solver.adam.schedule != AdamSchedule::all)
    root.error(root.section("solver").section("adam").at("schedule"),
               "this schedule with time slabs (its rows have no starting values of the slab before); use "
               "schedule = \"all\", or time.slabs = 1");
}

/// Points move between iterations of gauss-newton on the rows of all subdomains, and nowhere else.
void check_refinement(const Section& root, const Options& options) {
  if (options.points.refine_every == 0) return;
  const bool trained = std::ranges::count(options.solver.method, Method::gauss_newton) > 0;
  if (trained && options.decomposition.coupling == Coupling::windowed) return;
  const auto refine = root.section("points").section("refine");
  root.error(refine.at("every"),
             std::string("points that move with ") +
                 (trained ? "coupling = \"interface\"" : "no method = \"gauss-newton\"") +
                 " (they move between its iterations on the rows of all subdomains); raise points.interior "
                 "instead");
}

/// Layers of width zero: polynomial features alone.
void check_widths(const Section& root, const Options& options) {
  const auto& hidden = options.network.hidden;
  const auto network = root.section("network");
  if (std::ranges::find(hidden, 0) == hidden.end()) return;
  if (hidden.size() > 1)
    network.error(network.at("hidden"),
                  "one of several hidden layers has no units (nothing would pass it); write hidden = [0] "
                  "for polynomial features alone");
  else if (options.solver.trains())
    network.error(network.at("hidden"),
                  "there are no hidden units to train (hidden = [0] leaves polynomial features alone); use "
                  "method = \"least-squares\"");
}

}  // namespace

void check_methods(const Section& root, const Problem& problem, const Options& options) {
  if (options.decomposition.coupling == Coupling::interface) check_interface_coupling(root, options);
  if (options.solver.trains()) check_training(root, problem, options);
  check_refinement(root, options);
  check_widths(root, options);
}

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
  if (!problem.unknowns.empty())
    refuse("[unknowns]", "a weak form says nothing of a misfit",
           "write equations, or put values into [parameters]");
  if (!problem.data.empty())
    refuse(
        "[[data]]", "a weak form says nothing of a misfit",
        energies ? "write a density such as \"0.5*weight*(u - value)**2\", or equations" : "write equations");
  if (time_direction(problem) >= 0)
    refuse("the coordinate \"t\"", "weak forms are solved at one time", "write equations");
  if (options.decomposition.coupling == Coupling::interface)
    refuse("coupling = \"interface\"", "subdomains share one weak form", "use coupling = \"windowed\"");
  if (options.solver.trains())
    refuse("trained hidden layers", "output layers alone solve the weak form",
           "use method = \"least-squares\"");
  if (options.solver.krylov.type == KrylovType::lsqr)
    refuse("krylov.type = \"lsqr\"", "the weak form's part is no residual of rows", "use type = \"cg\"");
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

}  // namespace ddpinn
