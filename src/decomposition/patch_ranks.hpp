// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "decomposition/patches.hpp"

#include <vector>

namespace ddpinn {

/// The rank that solves each patch's local problem: one that owns a subdomain of it. Those with one
/// candidate only are dealt out first, the others by falling work, each to the candidate with the least so
/// far (the longest processing time first: Graham, SIAM J. Appl. Math. 17, 1969), and among equals to the
/// owner of its home. The same on every rank.
/// @param owner of each subdomain
/// @param rows unknowns of each subdomain; the work of a patch is taken as the square of their number,
/// between that of factorising and that of solving with its sparse local matrix
std::vector<int> patch_ranks(const std::vector<PatchMembers>&, const std::vector<int>& owner,
                             const std::vector<double>& rows);

}  // namespace ddpinn
