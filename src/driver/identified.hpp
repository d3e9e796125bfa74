// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <ddpinn/problem.hpp>
#include <ddpinn/result.hpp>

#include <string>
#include <vector>

namespace ddpinn {

/// A warning about each unknown whose value says little: at one of its bounds, or not determined at all.
std::vector<std::string> identification_warnings(const Problem&, const std::vector<Identified>&);

}  // namespace ddpinn
