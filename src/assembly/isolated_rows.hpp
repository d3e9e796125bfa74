// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/point_groups.hpp"

#include <vector>

namespace ddpinn {

/// Rows for each of some subdomains alone: all rows that its box covers, with no other network in them. Where
/// boxes overlap rows appear once for each of the subdomains.
struct IsolatedRows {
  LocalRows rows;
  std::vector<std::vector<std::size_t>> source;  ///< by group and point: the point that it is a copy of
};

IsolatedRows isolate(const LocalRows&, const std::vector<int>& subdomains);

}  // namespace ddpinn
