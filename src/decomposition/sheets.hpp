// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "decomposition/axis.hpp"
#include "geometry/region.hpp"

#include <vector>

namespace ddpinn {

/// A part of the domain that gets a network on a box.
struct Sheet {
  Sides sides = 0;
  double share = 0;  ///< of the box's core that is in this part, about
};

/// Which boxes of a grid get networks, and for which parts of the domain.
///
/// Each core is probed by a fixed fine grid of points. A box has a network for each part that some point of
/// its core is in, unless the part can do without: at each of its points in the core, the window of some box
/// that keeps its network for this part must be at least 1/50 of the largest window. For a part that ends in
/// a plane, this leaves out boxes whose cores it enters by less than half of the overlap. Windows are divided
/// by the sum of those left, and stay smooth, since they are not used near the ends of their boxes. Boxes are
/// left out in the order of the shares of their cores, the smallest first, and by number.
/// @param axes the grid, by direction
/// @returns by box, in the order of cells with the last direction the fastest
std::vector<std::vector<Sheet>> find_sheets(const std::vector<Axis>& axes, const Region& region);

}  // namespace ddpinn
