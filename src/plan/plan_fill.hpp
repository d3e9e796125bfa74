// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "base/grid_index.hpp"

namespace ddpinn {

/// How many entries a sparse Cholesky factor has for each entry of its matrix, on a grid of cells that are
/// coupled with all cells around them, eliminated by nested dissection (A. George, SIAM J. Numer. Anal. 10,
/// 1973).
/// @param cells by direction; 1 in directions that the grid does not have
double fill_ratio(const GridIndex& cells);

}  // namespace ddpinn
