// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/expression/expression_regions.hpp"

#include <ATen/ATen.h>

#include <algorithm>

namespace ddpinn::expr {

using at::Tensor;

int Regions::branch(int condition, int region, bool holds) {
  regions_.push_back({condition, holds, {region}});
  return std::ssize(regions_) - 1;
}

/// The region that the part and another one, its opposite, make up; -1 where its opposite is not there.
int Regions::around(const std::set<int>& parts, int part) const {
  const auto& one = regions_[part];
  const auto is_opposite = [&](int other) {
    const auto& two = regions_[other];
    return one.condition >= 0 && two.condition == one.condition && two.holds != one.holds &&
           two.parts == one.parts;
  };
  return std::ranges::any_of(parts, is_opposite) ? one.parts.front() : -1;
}

int Regions::together(const std::set<int>& parts) {
  if (parts.contains(0)) return 0;
  if (parts.size() == 1) return *parts.begin();
  if (const auto found = known_.find(parts); found != known_.end()) return found->second;
  for (const int part : parts)
    if (const int whole = around(parts, part); whole >= 0) {
      auto fewer = parts;
      std::erase_if(fewer, [&](int other) { return around(parts, other) == whole; });
      fewer.insert(whole);
      return known_[parts] = together(fewer);
    }
  regions_.push_back({-1, true, {parts.begin(), parts.end()}});
  return known_[parts] = std::ssize(regions_) - 1;
}

Regions::Points::Points(const Regions& regions, const std::vector<Tensor>& condition)
    : of_(regions.regions_.size()) {
  for (std::size_t r = 1; r < of_.size(); ++r) {  // each stands after those that it is made of
    const auto& region = regions.regions_[r];
    auto& mask = of_[r].mask;
    if (region.condition >= 0) {
      const auto& holds = condition[region.condition];
      mask = region.holds ? holds : at::logical_not(holds);
      if (const auto& outer = of_[region.parts.front()].mask; outer.defined()) mask = mask & outer;
    } else {
      for (const int part : region.parts) mask = mask.defined() ? mask | of_[part].mask : of_[part].mask;
    }
  }
}

const Tensor& Regions::Points::index(int region) {
  auto& of = of_[region];
  if (!of.index.defined()) of.index = at::nonzero(of.mask).squeeze(1);
  return of.index;
}

const Tensor& Regions::Points::position(int region) {
  auto& of = of_[region];
  if (!of.position.defined()) of.position = at::cumsum(of.mask, 0) - 1;
  return of.position;
}

Tensor Regions::Points::places(int region, int in) {
  return in == 0 ? index(region) : position(in).index_select(0, index(region));
}

Tensor Regions::Points::restrict(const Tensor& value, int from, int to) {
  return from == to || value.dim() == 0 ? value : value.index_select(0, places(to, from));
}

std::int64_t Regions::Points::count(int region, std::int64_t all) {
  return region == 0 ? all : index(region).size(0);
}

}  // namespace ddpinn::expr
