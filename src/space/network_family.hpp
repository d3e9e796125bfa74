// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "network/feature_network.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

namespace ddpinn {

/// Parameters of the hidden layers by subdomain, as FeatureNetwork has them.
using HiddenLayers = std::map<int, std::vector<double>>;

/// The networks: their shape, their random numbers, and the range of the first layer's weights; or hidden
/// layers that were trained.
struct NetworkFamily {
  NetworkShape shape;
  double scale = 1;
  std::uint64_t seed = 1;
  std::shared_ptr<const HiddenLayers> trained = {};  ///< of all networks that this rank needs; null: random

  FeatureNetwork network(int subdomain) const {
    if (trained) return {shape, trained->at(subdomain)};
    return {shape, scale, seed, static_cast<std::uint64_t>(subdomain)};
  }
};

}  // namespace ddpinn
