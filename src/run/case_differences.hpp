// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>
#include <vector>

namespace ddpinn {

/// Keys that differ between two texts of `resolved_case`, such as "solver.tolerance" or
/// "equation 2.residual", but for those that a run may change on its way: titles, tolerances, limits of
/// iterations and time, and what is written.
std::vector<std::string> case_differences(const std::string& before, const std::string& now);

}  // namespace ddpinn
