// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/model.hpp"

#include <string>
#include <vector>

namespace ddpinn {

/// Warnings about conditions that ask for two values of one field at the same place: on the same face, or
/// where two faces meet, as at the start. Conditions count that follow from one field's value alone, a u - g
/// = 0, and exact enforcement.
std::vector<std::string> contradictory_values(const Model&);

}  // namespace ddpinn
