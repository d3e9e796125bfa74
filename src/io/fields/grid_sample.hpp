// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "base/multi_index.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace ddpinn {

/// One quantity at this rank's points of the output grid. Points outside the domain are NaN.
struct GridColumn {
  /// A field ("u"), "u_exact", "u_error", "u_estimated_error", "residual_<equation>", "subdomain", "rank".
  std::string name;
  std::vector<double> value;
};

/// This rank's part of the output grid: a tensor grid with both ends of each direction.
struct GridSample {
  std::vector<std::string> coordinates;
  std::vector<int> counts;  ///< points per direction
  Point lower{};
  Point upper{};
  std::vector<std::int64_t>
      index;  ///< of this rank's points, the last coordinate fastest; each point on one rank
  std::vector<GridColumn> columns;  ///< one value for each of `index`
};

}  // namespace ddpinn
