// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/training/frozen_neighbours.hpp"

#include <algorithm>

namespace ddpinn {

namespace {

std::map<int, std::size_t> places_of(const std::vector<int>& subdomains) {
  std::map<int, std::size_t> place;
  for (std::size_t i = 0; i < subdomains.size(); ++i) place[subdomains[i]] = i;
  return place;
}

}  // namespace

FrozenNeighbours::FrozenNeighbours(const TrainableField& support, const std::vector<int>& subdomains)
    : subdomains_(subdomains),
      support_(&support),
      isolated_(isolate(support.discretisation().rows(), subdomains)),
      discretisation_(support.discretisation().isolated(isolated_)),
      rows_(discretisation_, places_of(subdomains_), support.network(), support.precision()) {}

void FrozenNeighbours::freeze(const std::vector<FieldValues>& fields) {
  std::vector<std::span<const double>> parameters;
  for (int k : subdomains_) parameters.push_back(support_->parameters(k));
  std::vector<FieldValues> own;
  for (const auto& group : discretisation_.rows().groups)
    own.emplace_back(group.derivatives.size(), std::vector<double>(group.points.size(), 0.0));
  rows_.add_fields(parameters, own);
  frozen_ = std::move(own);
  for (std::size_t g = 0; g < frozen_.size(); ++g)
    for (std::size_t a = 0; a < frozen_[g].size(); ++a)
      for (std::size_t i = 0; i < frozen_[g][a].size(); ++i)
        frozen_[g][a][i] = fields[g][a][isolated_.source[g][i]] - frozen_[g][a][i];
}

void FrozenNeighbours::gradient(ConstArrays parameters, Arrays gradient) const {
  auto fields = frozen_;
  rows_.add_fields(parameters, fields);
  const auto linear = discretisation_.linearise(fields);
  for (auto g : gradient) std::ranges::fill(g, 0.0);
  rows_.add_gradient(parameters, linear, gradient);
}

}  // namespace ddpinn
