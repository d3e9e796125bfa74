// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/pictures/slices.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace ddpinn {
namespace {

/// More points per direction than this are not seen in a picture.
constexpr int most_points = 401;

int time_axis(const std::vector<std::string>& coordinates) {
  const auto t = std::find(coordinates.begin(), coordinates.end(), "t");
  return t == coordinates.end() ? -1 : static_cast<int>(t - coordinates.begin());
}

Slice make_slice(const GridSlices& grid, std::vector<int> axes, std::array<int, max_dimension> fixed) {
  Slice slice;
  slice.axes = std::move(axes);
  slice.fixed = fixed;
  for (const int axis : slice.axes) {
    const int n = grid.counts[axis];
    const int stride = std::max(1, (n + most_points - 3) / (most_points - 1));
    slice.strides.push_back(stride);
    slice.counts.push_back((n - 1) / stride + 1);
  }
  for (int axis = 0; axis < std::ssize(grid.coordinates); ++axis) {
    if (std::find(slice.axes.begin(), slice.axes.end(), axis) != slice.axes.end()) continue;
    const std::size_t a = axis;
    slice.label += fmt::format("{}{} = {:.4g}", slice.label.empty() ? "" : ", ", grid.coordinates[a],
                               grid.position(axis, fixed[a]));
  }
  return slice;
}

std::array<int, max_dimension> middle(const GridSlices& grid) {
  std::array<int, max_dimension> index{};
  for (std::size_t a = 0; a < grid.counts.size(); ++a) index[a] = (grid.counts[a] - 1) / 2;
  return index;
}

/// The plane of the first two coordinates other than `step`, at the first, middle and last point of `step`.
void add_steps(GridSlices& grid, int step) {
  std::vector<int> axes;
  for (int a = 0; axes.size() < 2; ++a) {
    if (a != step) axes.push_back(a);
  }
  const int last = grid.counts[step] - 1;
  std::vector<int> indices{0, last / 2, last};
  indices.erase(std::unique(indices.begin(), indices.end()), indices.end());
  auto fixed = middle(grid);
  for (const int i : indices) {
    fixed[step] = i;
    grid.slices.push_back(make_slice(grid, axes, fixed));
  }
}

/// Position of a grid point within the slice; -1 where it is not part of it.
std::int64_t position_in(const Slice& slice, const std::array<int, max_dimension>& point,
                         std::size_t dimension) {
  std::int64_t position = 0;
  for (std::size_t k = 0; k < slice.axes.size(); ++k) {
    const int i = point[slice.axes[k]];
    if (i % slice.strides[k] != 0) return -1;
    position = position * slice.counts[k] + i / slice.strides[k];
  }
  for (std::size_t a = 0; a < dimension; ++a) {
    const bool varies = std::find(slice.axes.begin(), slice.axes.end(), a) != slice.axes.end();
    if (!varies && point[a] != slice.fixed[a]) return -1;
  }
  return position;
}

/// This rank's points of a slice: each its position, followed by one value a column.
std::vector<double> records(const Slice& slice, const GridSample& sample) {
  std::vector<double> out;
  const auto d = sample.counts.size();
  for (std::size_t i = 0; i < sample.index.size(); ++i) {
    std::array<int, max_dimension> point{};
    auto rest = sample.index[i];
    for (std::size_t a = d; a-- > 0; rest /= sample.counts[a]) point[a] = rest % sample.counts[a];
    const auto position = position_in(slice, point, d);
    if (position < 0) continue;
    out.push_back(position);
    for (const auto& column : sample.columns) out.push_back(column.value[i]);
  }
  return out;
}

void fill(Slice& slice, const GridSample& sample, const std::vector<Message<double>>& incoming) {
  std::size_t size = 1;
  for (const int n : slice.counts) size *= static_cast<std::size_t>(n);
  for (const auto& column : sample.columns) {
    slice.columns.push_back(
        {column.name, std::vector<double>(size, std::numeric_limits<double>::quiet_NaN())});
  }
  const auto width = slice.columns.size() + 1;
  for (const auto& message : incoming) {
    for (std::size_t at = 0; at < message.data.size(); at += width) {
      const std::size_t position = message.data[at];
      for (std::size_t c = 1; c < width; ++c) slice.columns[c - 1].value[position] = message.data[at + c];
    }
  }
}

}  // namespace

double GridSlices::position(int axis, int index) const {
  const std::size_t a = axis;
  return counts[a] > 1 ? lower[a] + (upper[a] - lower[a]) * index / (counts[a] - 1) : lower[a];
}

GridSlices choose_slices(const GridSample& sample) {
  GridSlices grid{sample.coordinates, sample.counts, sample.lower, sample.upper, {}};
  const int d = sample.coordinates.size();
  const int t = time_axis(sample.coordinates);
  const auto fixed = middle(grid);
  if (d == 1) {
    grid.slices.push_back(make_slice(grid, {0}, fixed));
  } else if (d == 2) {
    // Time runs to the right, whichever place it has in the case file.
    grid.slices.push_back(make_slice(grid, t == 1 ? std::vector<int>{1, 0} : std::vector<int>{0, 1}, fixed));
  } else if (d == 3 && t < 0) {
    for (const auto& axes : {std::vector<int>{0, 1}, {0, 2}, {1, 2}})
      grid.slices.push_back(make_slice(grid, axes, fixed));
  } else {
    add_steps(grid, t >= 0 ? t : d - 1);
  }
  return grid;
}

GridSlices gather_slices(const Communicator& comm, const GridSample& sample) {
  auto grid = choose_slices(sample);
  for (auto& slice : grid.slices) {
    const auto incoming = ddpinn::exchange(comm, std::vector<Message<double>>{{0, records(slice, sample)}});
    if (comm.rank() == 0) fill(slice, sample, incoming);
  }
  return grid;
}

}  // namespace ddpinn
