// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "decomposition/decomposition.hpp"

#include <vector>

namespace ddpinn {

/// The rank that owns each subdomain. Compact blocks by recursive coordinate bisection of the cores' centres
/// (Berger, Bokhari, IEEE Trans. Comput. C-36, 1987), so that any number of ranks works and few neighbours
/// are elsewhere; a coarser level's subdomains go to the owner of the core at their centre, and further ones
/// of a box to the owner of the box.
/// @param weight work of each box; empty for the number of its networks
/// @param whole a direction that is cut last, since subdomains along it are solved one after the other; -1:
/// none
std::vector<int> distribute(const Decomposition&, int ranks, const std::vector<double>& weight = {},
                            int whole = -1);

}  // namespace ddpinn
