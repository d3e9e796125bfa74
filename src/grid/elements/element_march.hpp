// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/model.hpp"

#include <vector>

namespace ddpinn {

/// A case in weak form on a grid: the same energy or laws, in multilinear finite elements on its cells, level
/// by level in time with the backward differences of grid_time.hpp. On this rank alone.
/// @param cells one number, or one per direction
/// @returns values by node (first direction fastest, time in its place) and field
/// @throws Error (Status::case_file) for what elements cannot do, (Status::numerical) where Newton's method
/// does not converge
std::vector<double> solve_by_elements(const Model&, const std::vector<int>& cells);

}  // namespace ddpinn
