// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "network/activation.hpp"

#include <ddpinn/error.hpp>

#include <algorithm>
#include <utility>

namespace ddpinn {

namespace {

constexpr std::pair<Activation, const char*> names[] = {{Activation::tanh, "tanh"},
                                                        {Activation::sin, "sin"},
                                                        {Activation::gelu, "gelu"},
                                                        {Activation::silu, "silu"}};

}  // namespace

std::string activation_name(Activation activation) {
  return std::ranges::find(names, activation, &std::pair<Activation, const char*>::first)->second;
}

Activation activation_from(const std::string& name) {
  for (const auto& [activation, known] : names)
    if (name == known) return activation;
  throw Error(Status::case_file,
              "unknown activation '" + name + "' (there are tanh, sin, gelu and silu); choose one");
}

}  // namespace ddpinn
