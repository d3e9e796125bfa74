// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "run/reference.hpp"

#include <functional>

namespace ddpinn {

/// Solves a case with networks and by finite differences on three grids of N/4, N/2 and N cells per
/// direction, and compares the two at the nodes of the finest. Prints error against time of both, and whether
/// the networks' solution lies within the estimated error of the grid's, with a safety factor of 1.25. Writes
/// reference.csv, verify.csv and a picture into the output directory.
/// @param stop as RunControl::stop
/// @returns whether it does, for every field @throws Error (every status) @note Collective over
/// MPI_COMM_WORLD.
bool verify_case(const ReferenceRequest& request, const std::function<bool()>& stop);

}  // namespace ddpinn
