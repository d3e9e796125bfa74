// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "plan/plan_training.hpp"

#include "assembly/training/network_parameters.hpp"
#include "network/jet_space.hpp"

#include <algorithm>

namespace ddpinn {

namespace {

constexpr double number = sizeof(double);

/// Numbers that the networks' parts of all derivatives of a group need at a point, and their streams there.
struct PointCost {
  double factors = 0;
  double streams = 0;
};

/// A derivative of D w N has a term for each derivative of N below it, and each polynomial has a value.
PointCost cost_of(const StatementGroup& group, const SpaceLayout& space, const NetworkParameters& network) {
  PointCost cost;
  std::vector<MultiIndex> alphas;
  for (const auto& derivative : group.derivatives()) {
    double terms = 1;
    for (auto order : derivative.alpha) terms *= 1 + order;
    cost.factors += terms + static_cast<double>(network.polynomials());
    alphas.push_back(derivative.alpha);
  }
  cost.streams =
      static_cast<double>(JetSpace(space.model.dimension(), alphas).size() * space.model.fields.size());
  return cost;
}

/// Vectors of all parameters that a method keeps: parameters, gradient and two moments; or PETSc's five
/// pairs, and what its line search needs.
double vectors_of(const CaseFile& file) {
  if (trains_by(file, Method::lbfgs)) return 20;
  return trains_by(file, Method::adam) ? 5 : 3;
}

}  // namespace

bool trains_by(const CaseFile& file, Method method) {
  return file.options.solver.trains() && std::ranges::count(file.options.solver.method, method) > 0;
}

std::vector<TrainingPlan> plan_training(const CaseFile& file, const SpaceLayout& space,
                                        const PlanCounts& counts) {
  std::vector<TrainingPlan> plans(file.options.solver.trains() ? counts.ranks.size() : 0);
  const NetworkParameters network(space.family.shape, space.model.fields.size());
  const double size = network.size();
  PointCost dearest;
  for (const auto& group : space.model.groups) {
    const auto cost = cost_of(group, space, network);
    dearest = {std::max(dearest.factors, cost.factors), std::max(dearest.streams, cost.streams)};
  }
  for (std::size_t r = 0; r < plans.size(); ++r) {
    const auto& rank = counts.ranks[r];
    auto& plan = plans[r];
    plan.parameters = static_cast<double>(rank.subdomains.size()) * size;
    plan.factors = rank.covers * dearest.factors * number;
    plan.streams = rank.covers * dearest.streams * number;
    std::map<int, double> ghosts;
    for (const auto& [k, rows] : rank.block_rows)
      if (const int owner = space.owner[k]; owner != static_cast<int>(r)) ghosts[owner] += size;
    for (const auto& [owner, parameters] : ghosts) {
      plan.ghosts += parameters;
      for (auto* of : {&plan, &plans[owner]}) {
        of->messages += 1;
        of->bytes += parameters * number;
      }
    }
    plan.vectors = (vectors_of(file) * plan.parameters + 2 * (plan.parameters + plan.ghosts)) * number;
  }
  return plans;
}

}  // namespace ddpinn
