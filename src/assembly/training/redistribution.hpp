// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/rows.hpp"
#include "io/checkpoint/journal.hpp"
#include "parallel/communicator.hpp"

#include <petscvec.h>

#include <cstdint>

namespace ddpinn {

/// The rows with the points of equations where the residual is large: residual-based adaptive distribution
/// (C. Wu, M. Zhu, Q. Tan, Y. Kartha, L. Lu, Comput. Methods Appl. Mech. Engrg. 403 (2023) 115671). Each core
/// keeps its number of points. They are drawn from several times as many random ones, without replacement,
/// with probabilities in proportion to 1 + |r| / mean |r|. The rows of conditions and data stay.
/// @param parameters of all networks @param round gives other candidates for each
/// @note Collective.
LocalRows redistribute(const Communicator&, const Rows&, ::Vec parameters, const PointsOptions&,
                       std::uint64_t round);

/// The points that it has moved.
void put_points(const Rows&, Record&);
/// The rows with these points. @param rows as they were drawn first, at any points @note Collective.
LocalRows get_points(const Rows& rows, const Record&, const Journal&);

}  // namespace ddpinn
