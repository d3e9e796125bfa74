// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/table.hpp"

#include <algorithm>

namespace ddpinn {

const std::vector<double>* Table::find(const std::string& name) const {
  const auto found = std::ranges::find(names, name);
  return found == names.end() ? nullptr : &columns[found - names.begin()];
}

std::vector<std::size_t> rows_inside(const Table& table, const Domain& domain) {
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < table.rows(); ++i) {
    bool inside = true;
    for (std::size_t d = 0; d < domain.coordinates.size(); ++d) {
      const double x = (*table.find(domain.coordinates[d]))[i], lower = domain.lower[d],
                   upper = domain.upper[d];
      const double rounding = 1e-6 * (upper - lower);
      inside = inside && x >= lower - rounding && x <= upper + rounding;
    }
    if (inside) rows.push_back(i);
  }
  return rows;
}

}  // namespace ddpinn
