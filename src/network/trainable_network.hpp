// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <ddpinn/choices.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace ddpinn {

/// A fully connected network from [-1,1]^d to R^m whose layers are all unknown; the last one is linear. All
/// its parameters lie in one flat array, layer after layer: W_1, b_1, W_2, b_2, ... The weight from input i
/// to unit j is entry j * inputs + i of its W, which is a column-major matrix of inputs by outputs (`Matrix`)
/// as well as the row-major one of outputs by inputs of PyTorch's Linear.
struct TrainableShape {
  int dimension = 1;        ///< d, 1 to max_dimension
  std::vector<int> hidden;  ///< widths of the hidden layers, at least one
  int outputs = 1;          ///< m
  Activation activation = Activation::tanh;

  /// Sizes of one layer, and where its parts stand in the flat array.
  struct Layer {
    std::size_t inputs;
    std::size_t outputs;
    std::size_t weight;
    std::size_t bias;
  };
  std::vector<Layer> layers() const;
  std::size_t parameters() const;
};

/// Glorot's uniform initialisation (Glorot, Bengio, AISTATS 2010): weights in [-r, r] with r = sqrt(6 /
/// (inputs + outputs)), biases zero. Depends on (seed, subdomain) only.
/// @param parameters shape.parameters() numbers, written
void initialise(const TrainableShape& shape, std::uint64_t seed, std::uint64_t subdomain,
                std::span<double> parameters);

}  // namespace ddpinn
