// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "network/kernel.hpp"

#include <ddpinn/error.hpp>

#include <algorithm>

namespace ddpinn {

namespace {

void require(bool condition, const char* what) {
  if (!condition)
    throw Error(Status::numerical,
                std::string("NetworkKernel: ") + what + " (arrays do not fit the groups); report this");
}

template <class Array>
void require_covers(std::span<const NetworkGroup> groups, std::span<const Array> arrays,
                    std::size_t numbers) {
  std::size_t i = 0;
  for (const auto& group : groups)
    for (std::size_t c = 0; c < group.covers.size(); ++c, ++i)
      require(i < arrays.size() && arrays[i].size() == numbers * group.points(),
              "an array of each cover's size is needed");
  require(i == arrays.size(), "one array for each cover is needed");
}

}  // namespace

KernelSize kernel_size(const TrainableShape& shape) {
  require(!shape.hidden.empty() && shape.outputs > 0 && std::ranges::min(shape.hidden) > 0,
          "a network needs a hidden layer, and a unit in every layer");
  return {shape.dimension, shape.outputs, shape.parameters()};
}

NetworkKernel::NetworkKernel(const KernelSize& size, Streams streams)
    : size_(size), streams_(std::move(streams)) {
  require(size_.dimension == streams_.dimension(), "network and streams differ in dimension");
}

void NetworkKernel::check(ConstArrays parameters, std::span<const NetworkGroup> groups) const {
  for (auto p : parameters) require(p.size() == size_.parameters, "all parameters of a network are needed");
  for (const auto& group : groups)
    for (const auto& cover : group.covers) {
      require(cover.network < parameters.size(), "parameters of every network are needed");
      require(cover.xi.size() == group.points(), "all covers of a group need the same points");
    }
}

void NetworkKernel::evaluate(ConstArrays parameters, std::span<const NetworkGroup> groups,
                             Arrays values_out) const {
  check(parameters, groups);
  require_covers(groups, values_out, values());
  do_evaluate(parameters, groups, values_out);
}

void NetworkKernel::gradient(ConstArrays parameters, std::span<const NetworkGroup> groups,
                             const Cotangents& cotangents, Arrays gradients) const {
  check(parameters, groups);
  require(gradients.size() == parameters.size(), "one gradient for each network is needed");
  for (auto g : gradients) require(g.size() == size_.parameters, "a gradient for all parameters is needed");
  do_gradient(parameters, groups, cotangents, gradients);
}

void NetworkKernel::jacobian(ConstArrays parameters, std::span<const NetworkGroup> groups,
                             ConstArrays coefficients, Arrays rows) const {
  check(parameters, groups);
  require_covers(groups, coefficients, values());
  require_covers(groups, rows, size_.parameters);
  std::size_t i = 0;
  for (const auto& group : groups)
    for (const auto& cover : group.covers) {
      do_jacobian({cover, parameters[cover.network], coefficients[i], rows[i]});
      ++i;
    }
}

}  // namespace ddpinn
