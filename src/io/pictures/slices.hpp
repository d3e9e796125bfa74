// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "io/fields/grid_sample.hpp"
#include "parallel/communicator.hpp"

#include <array>
#include <string>
#include <vector>

namespace ddpinn {

/// A curve or a plane of the output grid, thinned out where it has more points than a picture shows.
struct Slice {
  std::vector<int> axes;     ///< the one or two coordinates that vary: horizontal, then vertical
  std::vector<int> strides;  ///< every how many grid points along each
  std::vector<int> counts;   ///< points along each
  std::array<int, max_dimension> fixed{};  ///< grid index of every other coordinate
  std::string label;                       ///< "z = 0.5"; empty where all coordinates vary
  std::vector<GridColumn> columns;         ///< value (i, j) at i * counts[1] + j
};

/// What is drawn of a solution. On ranks other than 0 the slices have no columns.
struct GridSlices {
  std::vector<std::string> coordinates;
  std::vector<int> counts;
  Point lower{};
  Point upper{};
  std::vector<Slice> slices;

  /// Coordinate `axis` at a grid index.
  double position(int axis, int index) const;
};

/// Chooses what to draw, without values: one curve; one plane; three mid-planes in space; or a plane at the
/// first, middle and last time (or fourth coordinate).
GridSlices choose_slices(const GridSample&);

/// Brings the values of the slices, and nothing else of the grid, to rank 0. @note Collective.
GridSlices gather_slices(const Communicator&, const GridSample&);

}  // namespace ddpinn
