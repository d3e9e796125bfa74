// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "geometry/region.hpp"

namespace ddpinn {

/// One level set for each of the domain's shapes, for `Region`; empty functions where the shape is not
/// implicit.
/// @throws Error where a shape's expression is wrong
std::vector<LevelSet> level_sets(const Problem& problem);

}  // namespace ddpinn
