// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/row_weights.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace ddpinn {

std::vector<double> row_weights(const Statement& statement, const PointGroup& group,
                                const GroupBasis::Linearised& derivative, const Decomposition& decomposition) {
  const auto n = group.points.size();
  if (statement.weight) return std::vector<double>(n, *statement.weight);
  std::map<int, double> largest;
  for (std::size_t i = 0; i < n; ++i) {
    const auto& core = decomposition[group.core[i]].core;
    double norm = 0;
    for (std::size_t a = 0; a < derivative.size(); ++a) {
      if (derivative[a].empty()) continue;
      double scaled = derivative[a][i];
      for (int d = 0; d < core.dimension; ++d) scaled /= std::pow(core.width(d), group.derivatives[a].alpha[d]);
      norm += scaled * scaled;
    }
    auto& value = largest[group.core[i]];
    value = std::max(value, std::sqrt(norm));
  }
  std::vector<double> weights(n);
  for (std::size_t i = 0; i < n; ++i) {
    const double norm = largest[group.core[i]];
    weights[i] = norm > 0 ? 1 / norm : 1;
  }
  return weights;
}

}  // namespace ddpinn
