// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "network/feature_network.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <vector>

namespace ddpinn {

/// Parameters of the hidden layers by subdomain, as FeatureNetwork has them.
using HiddenLayers = std::map<int, std::vector<double>>;

/// The networks: their shape, their random numbers, and the range of the first layer's weights; or hidden
/// layers that were trained; and the sizes of the fields that they stand for.
struct NetworkFamily {
  NetworkShape shape;
  double scale = 1;
  std::uint64_t seed = 1;
  std::shared_ptr<const HiddenLayers> trained = {};  ///< of all networks that this rank needs; null: random
  std::vector<double> sizes = {};                    ///< of the fields, see field_sizes.hpp; empty: one
  bool shared = false;                               ///< whether all networks have the same random numbers

  /// Of a field, relative to the largest: what rows are weighted by.
  double size(std::size_t field) const { return sizes.empty() ? 0 : sizes[field]; }
  double relative_size(std::size_t field) const {
    return sizes.empty() ? 1 : sizes[field] / std::ranges::max(sizes);
  }

  FeatureNetwork network(int subdomain) const {
    if (trained) return {shape, trained->at(subdomain)};
    return {shape, scale, seed, shared ? 0 : static_cast<std::uint64_t>(subdomain)};
  }
};

}  // namespace ddpinn
