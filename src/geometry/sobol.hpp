// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "base/multi_index.hpp"

#include <cstdint>
#include <vector>

namespace ddpinn {

/// The first n points of a Sobol sequence in [0, 1)^dimension, scrambled by a random digital shift (which
/// keeps the discrepancy, and makes different seeds independent). Direction numbers: S. Joe and F. Y. Kuo,
/// "Constructing Sobol sequences with better two-dimensional projections", SIAM J. Sci. Comput. 30 (2008),
/// set D(6).
/// @param dimension 1 to 4
std::vector<Point> sobol_points(int dimension, int n, std::uint64_t seed);

}  // namespace ddpinn
