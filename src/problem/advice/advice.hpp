// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <ddpinn/problem.hpp>

#include <string>
#include <vector>

namespace ddpinn {

/// Warnings about what a problem without mistakes in its text may have wrong in its mathematics: conditions
/// that are missing or contradict each other, coefficients that jump. Each is complete, with place, reason
/// and remedy.
/// @throws Error as compile(Problem) does
std::vector<std::string> advice(const Problem&);

/// Those of them that make any solution of the problem another one than is meant, or one of many.
/// @throws Error as compile(Problem) does
std::vector<std::string> doubts(const Problem&);

}  // namespace ddpinn
