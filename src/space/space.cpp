// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "space/space.hpp"

#include "decomposition/distribution.hpp"

#include <algorithm>
#include <set>

namespace ddpinn {

SpaceLayout lay_out(const CaseFile& file, int ranks) {
  auto model = compile(file.problem);
  Decomposition decomposition(file.problem.domain, file.options.decomposition, model.order, &model.region);
  // The interface coupling solves one layer in time after the other: all ranks must have their part of each.
  const auto time = std::ranges::find(file.problem.domain.coordinates, "t");
  const bool layers = file.options.decomposition.coupling == Coupling::interface &&
                      time != file.problem.domain.coordinates.end();
  auto owner = distribute(decomposition, ranks, {},
                          layers ? static_cast<int>(time - file.problem.domain.coordinates.begin()) : -1);
  const auto& network = file.options.network;
  const int coarse = std::max(2, model.order);
  const auto& degrees = network.polynomial_degree;
  const int degree = degrees.empty() ? coarse : std::ranges::max(degrees);
  auto kind =
      make_network_kind(network.kind, {model.dimension(), network.hidden, network.activation, network.file});
  kind->check(model.order, file.options.solver.trains());
  NetworkFamily family{{model.dimension(), network.hidden, network.activation, degree, coarse,
                        degrees.size() > 1 ? degrees : std::vector<int>{}, std::move(kind)},
                       network.scale.value_or(1.0),
                       network.seed,
                       nullptr,
                       std::vector(model.fields.size(), 1.0),
                       network.shared && !file.options.solver.trains() &&
                           file.options.decomposition.coupling == Coupling::interface};
  return {std::move(model), std::move(decomposition), std::move(owner), std::move(family)};
}

std::vector<int> covering_subdomains(const Decomposition& decomposition, const std::vector<int>& owner,
                                     int rank) {
  std::set<int> all;
  for (int k = 0; k < decomposition.cores(); ++k)
    if (owner[k] == rank)
      for (int l : decomposition.over(k)) all.insert(l);
  return {all.begin(), all.end()};
}

std::vector<int> Space::owned() const {
  std::vector<int> result;
  for (int k = 0; k < decomposition().size(); ++k)
    if (owns(k)) result.push_back(k);
  return result;
}

std::vector<int> Space::owned_cores() const {
  auto result = owned();
  std::erase_if(result, [cores = decomposition().cores()](int k) { return k >= cores; });
  return result;
}

Space Space::with(NetworkFamily family) const {
  auto result = *this;
  result.family_ = std::move(family);
  return result;
}

}  // namespace ddpinn
