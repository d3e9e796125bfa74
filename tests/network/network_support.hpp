// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "base/random.hpp"
#include "network/feature_kernel.hpp"

#include <vector>

namespace ddpinn::test {

/// All multi-indices in so many directions of total order up to `top`.
inline std::vector<MultiIndex> multi_indices(int dimension, int top) {
  std::vector<MultiIndex> all;
  int total = 1;
  for (int d = 0; d < dimension; ++d) total *= top + 1;
  for (int i = 0; i < total; ++i) {
    MultiIndex alpha{};
    for (int d = 0, rest = i; d < dimension; ++d, rest /= top + 1)
      alpha[d] = static_cast<std::uint8_t>(rest % (top + 1));
    if (order(alpha) <= top) all.push_back(alpha);
  }
  return all;
}

/// Some of the multi-indices of total order up to max_order.
inline std::vector<MultiIndex> random_multi_indices(int dimension, int count, Random& random) {
  const auto all = multi_indices(dimension, max_order);
  std::vector<MultiIndex> chosen;
  for (int i = 0; i < count; ++i) chosen.push_back(all[random.uniform(0, static_cast<double>(all.size()))]);
  return chosen;
}

/// Random points of the box [-1, 1]^dimension.
inline std::vector<Point> random_points(int dimension, std::size_t count, Random& random) {
  std::vector<Point> points(count, Point{});
  for (auto& x : points)
    for (int d = 0; d < dimension; ++d) x[d] = random.uniform(-1, 1);
  return points;
}

/// Taylor coefficients of all features at n points: for each multi-index n by features.
inline std::vector<Matrix> feature_jets(const FeatureNetwork& network, std::span<const Point> xi,
                                        const JetSpace& space) {
  Matrix identity(network.features(), network.features());
  for (std::size_t j = 0; j < network.features(); ++j) identity(j, j) = 1;
  std::vector<Matrix> jets;
  kind_of(network.shape())->features(network.shape(), space)->evaluate(network, xi, identity, jets);
  return jets;
}

}  // namespace ddpinn::test
