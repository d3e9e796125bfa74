// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace ddpinn {

/// A regular grid as VTK sees it: the directions of its data sets, x the last.
struct VtkImage {
  std::vector<int> shape;            ///< points, slowest direction first; without that of steps
  std::vector<double> lower, upper;  ///< of each direction
  std::vector<double> times = {};    ///< of the steps, which are the data sets' first dimension; may be empty
};

/// Writes a small file in the VTKHDF format (Kitware, VTK File Formats; version 1.0, and 2.0 for steps) by
/// which ParaView reads data sets of another HDF5 file in the same folder: these stay where they are, by
/// external links. One rank calls it.
/// @param data name of the other file @param columns names of its data sets, of the image's dimensions
/// @throws Error (Status::input_output)
void write_vtkhdf_image(const std::filesystem::path& path, const std::string& data,
                        const std::vector<std::string>& columns, const VtkImage& image);

/// The same for points, each a vertex. @param columns of `points` values @pre the other file has a data set
/// "points" of `points` times 3 numbers
void write_vtkhdf_points(const std::filesystem::path& path, const std::string& data,
                         const std::vector<std::string>& columns, long long points);

}  // namespace ddpinn
