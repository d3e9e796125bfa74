// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "io/fields/grid_sample.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace ddpinn {

/// The order of the data in fields.h5. VTK, and with it ParaView, wants x fastest, and one step of time in
/// one piece: the dimensions of a data set are [t][z][y][x]. Four coordinates without t are stepped over the
/// last one instead.
struct FileLayout {
  std::vector<int> axis;    ///< dimension k of the data set runs over coordinate axis[k], slowest first
  std::vector<int> counts;  ///< points in each dimension of the data set
  bool stepped = false;     ///< whether dimension 0 is shown as time

  std::int64_t size() const;
  /// Points in one step of dimension 0.
  std::int64_t row() const;
};

FileLayout file_layout(const std::vector<std::string>& coordinates, const std::vector<int>& counts);

/// Position in the data set of a point with GridSample's index (last coordinate fastest).
std::int64_t file_position(const FileLayout&, const std::vector<int>& counts, std::int64_t index);

}  // namespace ddpinn
