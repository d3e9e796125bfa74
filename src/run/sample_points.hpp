// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "io/fields/slab.hpp"
#include "parallel/communicator.hpp"
#include "run/sample.hpp"

#include <ddpinn/problem.hpp>

#include "base/multi_index.hpp"

#include <vector>

namespace ddpinn {

/// Where a solution is evaluated. All ranks know the whole; each takes some rows of it.
struct SamplePoints {
  /// Points in each direction of a grid, the slowest first (x is the fastest); of a list or a line its
  /// length.
  std::vector<int> shape;
  std::vector<int> axis;  ///< of a grid: the coordinate that runs along each of these directions
  Point lower{}, upper{};
  std::vector<Point> list;  ///< no grid

  bool grid() const { return !axis.empty(); }
  std::int64_t row() const;
  /// The points of some rows of the first direction.
  std::vector<Point> of(const Slab& rows) const;
};

/// @throws Error on every rank @note Collective.
SamplePoints sample_points(const Communicator&, const SampleRequest&, const Domain&);

}  // namespace ddpinn
