// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "network/trainable_network.hpp"

#include "base/random.hpp"

#include <algorithm>
#include <cmath>

namespace ddpinn {

std::vector<TrainableShape::Layer> TrainableShape::layers() const {
  std::vector<Layer> result;
  std::size_t inputs = dimension;
  std::size_t offset = 0;
  const auto add = [&](int width) {
    const std::size_t units = width;
    result.push_back({inputs, units, offset, offset + inputs * units});
    offset += (inputs + 1) * units;
    inputs = units;
  };
  for (int width : hidden) add(width);
  add(outputs);
  return result;
}

std::size_t TrainableShape::parameters() const {
  const auto last = layers().back();
  return last.bias + last.outputs;
}

void initialise(const TrainableShape& shape, std::uint64_t seed, std::uint64_t subdomain,
                std::span<double> parameters) {
  Random random(seed, subdomain);
  std::ranges::fill(parameters, 0.0);
  for (const auto& layer : shape.layers()) {
    const double range = std::sqrt(6.0 / (layer.inputs + layer.outputs));
    for (auto& w : parameters.subspan(layer.weight, layer.inputs * layer.outputs))
      w = random.uniform(-range, range);
  }
}

}  // namespace ddpinn
