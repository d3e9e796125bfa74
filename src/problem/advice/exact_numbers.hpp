// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/model.hpp"

#include <ddpinn/problem.hpp>

#include <string>
#include <vector>

namespace ddpinn {

/// Warnings about known solutions that are no numbers somewhere in the domain: errors against them are none
/// either.
std::vector<std::string> exact_without_numbers(const Problem&, const Model&);

}  // namespace ddpinn
