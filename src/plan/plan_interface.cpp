// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "plan/plan_interface.hpp"

#include "solver/interface/local_class.hpp"

#include <map>
#include <set>

namespace ddpinn {

namespace {

constexpr double number = sizeof(double);

/// What is the same for all boxes of a class, by the first of them.
struct ClassPlan {
  int box = 0;
  double rows = 0;   ///< of traces that it takes
  double given = 0;  ///< of traces that others give to it, or, in the middle, it to them
  /// By the boxes that give together: values that each of them gives in an iteration.
  std::map<std::vector<int>, double> values;
};

ClassPlan class_plan(int box, const Traces& traces, const Decomposition& decomposition) {
  ClassPlan plan{box, static_cast<double>(traces.rows), 0, {}};
  for (const auto& face : traces.faces) {
    const double conditions = face.conditions.size();
    for (std::size_t i = 0; i < face.points; ++i) {
      std::set<int> givers;
      for (const auto& cover : traces.givers[face.first_point + i])
        givers.insert(decomposition[cover.subdomain].first);
      plan.given += conditions * givers.size();
      if (!face.lower_time)  // which comes once a layer
        plan.values[{givers.begin(), givers.end()}] += conditions;
    }
  }
  return plan;
}

/// Matrices of a class: transform, traces taken and given; and the points of these with their covers.
double class_memory(const ClassPlan& plan, double unknowns) {
  constexpr double row = 400;
  return number * unknowns * (unknowns + plan.rows + plan.given) + row * (plan.rows + plan.given);
}

/// Unknowns in the vectors of the iteration, right-hand side and coefficients; traces; and places of these.
double box_memory(const ClassPlan& plan, double unknowns, Acceleration acceleration) {
  constexpr double places = 3000;
  const double vectors = acceleration == Acceleration::none ? 8 : 24;  // GMRES takes ten at a time
  return number * (vectors * unknowns + 2 * plan.rows) + places;
}

}  // namespace

std::vector<InterfacePlan> plan_interface(const CaseFile& file, const SpaceLayout& space, int ranks) {
  const auto& decomposition = space.decomposition;
  const auto& interface = file.options.decomposition.interface;
  const auto rule = transmission_rule(file.problem, space.model, interface, file.options.coarse);
  const auto congruence = congruence_of(space.model, decomposition, space.family, rule, file.options);
  const auto faces = 2 * static_cast<std::size_t>(space.model.dimension());
  const double unknowns = space.family.shape.features() * space.model.fields.size();
  // Robin parameters change no counts.
  const std::vector robin(decomposition.size(),
                          std::vector(faces, std::vector(space.model.fields.size(), 1.0)));
  std::vector<InterfacePlan> plans(ranks);
  std::vector<std::set<int>> receivers(plans.size()), classes(plans.size());
  std::map<int, ClassPlan> known;
  for (int k = 0; k < decomposition.cores(); ++k) {
    if (!decomposition[k].live) continue;
    const int number_of_class = congruence.of(k), owner = space.owner[k];
    const auto [at, is_new] = known.try_emplace(number_of_class);
    if (is_new)
      at->second = class_plan(
          k, traces_of(rule, space.model.region, decomposition, k, file.options.points.boundary, robin),
          decomposition);
    const auto& of_class = at->second;
    auto& plan = plans[owner];
    plan.traces += of_class.rows;
    plan.memory += box_memory(of_class, unknowns, interface.acceleration);
    if (classes[owner].insert(number_of_class).second) plan.memory += class_memory(of_class, unknowns);
    for (const auto& [boxes, values] : of_class.values) {
      std::set<int> givers;
      for (int box : boxes)
        givers.insert(space.owner[of_class.box == k ? box : moved_box(decomposition, box, of_class.box, k)]);
      givers.erase(owner);
      for (int giver : givers) {
        plans[giver].bytes += values * number;
        receivers[giver].insert(owner);
      }
    }
  }
  for (std::size_t r = 0; r < plans.size(); ++r) plans[r].messages = receivers[r].size();
  return plans;
}

}  // namespace ddpinn
