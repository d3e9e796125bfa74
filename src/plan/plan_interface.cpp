// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "plan/plan_interface.hpp"

#include "solver/interface/traces.hpp"

#include <set>

namespace ddpinn {

std::vector<InterfacePlan> plan_interface(const CaseFile& file, const SpaceLayout& space, int ranks) {
  const auto rule = transmission_rule(file.problem, space.model, file.options.decomposition.interface);
  const auto faces = 2 * static_cast<std::size_t>(space.model.dimension());
  // Robin parameters change no counts.
  const std::vector robin(space.decomposition.size(),
                          std::vector(faces, std::vector(space.model.fields.size(), 1.0)));
  std::vector<InterfacePlan> plans(ranks);
  std::vector<std::set<int>> receivers(plans.size());
  for (int k = 0; k < space.decomposition.cores(); ++k) {
    if (!space.decomposition[k].live) continue;
    const int owner = space.owner[k];
    const auto traces =
        traces_of(rule, space.model.region, space.decomposition, k, file.options.points.boundary, robin);
    plans[owner].traces += traces.rows;
    for (const auto& face : traces.faces) {
      if (face.lower_time) continue;  // once a layer
      for (std::size_t i = 0; i < face.points; ++i) {
        std::set<int> givers;
        for (const auto& cover : traces.givers[face.first_point + i])
          givers.insert(space.owner[cover.subdomain]);
        givers.erase(owner);
        for (int giver : givers) {
          plans[giver].bytes += face.conditions.size() * sizeof(double);
          receivers[giver].insert(owner);
        }
      }
    }
  }
  for (std::size_t r = 0; r < plans.size(); ++r) plans[r].messages = receivers[r].size();
  return plans;
}

}  // namespace ddpinn
