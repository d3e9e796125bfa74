// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/point_groups.hpp"

#include <vector>

namespace ddpinn {

/// Sorts the points of every group by who covers them, and numbers the rows so that those that the same
/// subdomains cover are consecutive.
/// @param groups with points, cores and covers @pre their points have the order of their given columns
LocalRows number_rows(std::vector<PointGroup> groups);

/// Numbers the rows as one chunk that the same subdomains cover, points as they come, and after it one of
/// `further` rows.
LocalRows number_as_one(std::vector<PointGroup> groups, const std::vector<int>& subdomains,
                        std::size_t further);

/// Values, or points, in this order; some may be left out.
template <class T>
std::vector<T> permuted(const std::vector<T>& values, const std::vector<std::size_t>& order) {
  std::vector<T> result;
  result.reserve(order.size());
  for (auto i : order) result.push_back(values[i]);
  return result;
}
PointSet permuted(const PointSet&, const std::vector<std::size_t>& order);

}  // namespace ddpinn
