// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/fields/file_layout.hpp"

#include <algorithm>
#include <array>

namespace ddpinn {
namespace {

/// The coordinate that is shown as time; -1 for none.
int stepping_axis(const std::vector<std::string>& coordinates) {
  const int d = coordinates.size();
  if (d == 1) return -1;
  const auto t = std::find(coordinates.begin(), coordinates.end(), "t");
  if (t != coordinates.end()) return t - coordinates.begin();
  return d == max_dimension ? d - 1 : -1;
}

}  // namespace

std::int64_t FileLayout::size() const { return counts.empty() ? 0 : counts[0] * row(); }

std::int64_t FileLayout::row() const {
  std::int64_t product = 1;
  for (std::size_t k = 1; k < counts.size(); ++k) product *= counts[k];
  return product;
}

FileLayout file_layout(const std::vector<std::string>& coordinates, const std::vector<int>& counts) {
  FileLayout layout;
  const int step = stepping_axis(coordinates);
  layout.stepped = step >= 0;
  if (layout.stepped) layout.axis.push_back(step);
  for (int i = static_cast<int>(coordinates.size()) - 1; i >= 0; --i) {
    if (i != step) layout.axis.push_back(i);
  }
  for (int i : layout.axis) layout.counts.push_back(counts[i]);
  return layout;
}

std::int64_t file_position(const FileLayout& layout, const std::vector<int>& counts, std::int64_t index) {
  std::array<std::int64_t, max_dimension> i{};
  for (std::size_t k = counts.size(); k-- > 0;) {
    i[k] = index % counts[k];
    index /= counts[k];
  }
  std::int64_t position = 0;
  for (std::size_t k = 0; k < layout.axis.size(); ++k) {
    position = position * layout.counts[k] + i[layout.axis[k]];
  }
  return position;
}

}  // namespace ddpinn
