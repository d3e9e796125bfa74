// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "decomposition/decomposition.hpp"
#include "dense/matrix.hpp"
#include "parallel/communicator.hpp"

#include <map>
#include <set>
#include <vector>

namespace ddpinn {

/// The box of subdomain k and all with networks that touch it, corners included and around periodic ends.
/// @param time a direction in which they are `offset` cells after k; -1: none
std::set<int> neighbourhood(const Decomposition&, int k, int time = -1, int offset = 0);

/// Adds the coefficients of the wanted subdomains that other ranks own to `coefficients`, which has those of
/// this rank's. @note Collective.
void gather_coefficients(const Communicator&, const std::vector<int>& owner, const std::set<int>& wanted,
                         std::map<int, Matrix>& coefficients);

}  // namespace ddpinn
