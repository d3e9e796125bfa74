// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/case/case_parts.hpp"

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

}  // namespace ddpinn
