// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>

namespace ddpinn {

enum class Activation { tanh, sin, gelu, silu };
/// @throws Error (Status::case_file) for a name that is none
Activation activation_from(const std::string& name);
std::string activation_name(Activation);

}  // namespace ddpinn
