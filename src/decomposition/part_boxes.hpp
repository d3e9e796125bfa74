// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "geometry/region.hpp"

#include <map>

namespace ddpinn {

/// Where in a box a part of the domain between interfaces is.
struct PartBox {
  Box box;           ///< the part is in it, about
  double share = 1;  ///< of `box` that is in the part, about
};

/// The parts of the domain that a box reaches into, by their sides. The box is probed at Chebyshev points,
/// which find a strip at its end that is 0.1 % as wide (0.3 % in three dimensions).
/// @param box inside the domain, but in periodic directions
std::map<Sides, PartBox> part_boxes(const Region&, const Box& box);

}  // namespace ddpinn
