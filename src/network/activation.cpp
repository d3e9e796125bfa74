// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "network/activation.hpp"

#include <ddpinn/error.hpp>

namespace ddpinn {

Activation activation_from(const std::string& name) {
  if (name == "tanh") return Activation::tanh;
  if (name == "sin") return Activation::sin;
  if (name == "gelu") return Activation::gelu;
  if (name == "silu") return Activation::silu;
  throw Error(Status::case_file,
              "unknown activation '" + name + "' (there are tanh, sin, gelu and silu); choose one");
}

}  // namespace ddpinn
