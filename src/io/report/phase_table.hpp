// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <ddpinn/result.hpp>

#include <string>
#include <vector>

namespace ddpinn {

/// A table of where the time went: seconds of each phase over the ranks, and its mean's share of the run.
/// @param seconds wall time of the run
/// @returns lines that each end with a newline; empty without phases
std::string phase_table(const std::vector<Phase>&, double seconds);

}  // namespace ddpinn
