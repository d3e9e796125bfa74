// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/nonlinear/rounding.hpp"

#include "parallel/agree.hpp"

#include <cmath>
#include <limits>

namespace ddpinn {

double rounding_objective(const Communicator& comm, const Rows& rows,
                          const std::vector<FieldValues>& fields) {
  constexpr double rounding = 1e3 * std::numeric_limits<double>::epsilon();
  const auto terms = collectively(comm, [&] {
    auto linear = rows.linearise(fields);
    auto sizes = fields;
    for (auto& group : linear.derivative)
      for (auto& statement : group)
        for (auto& column : statement)
          for (auto& slope : column) slope = std::abs(slope);
    for (auto& group : sizes)
      for (auto& column : group)
        for (auto& value : column) value = std::abs(value);
    return rows.directional(linear, sizes);
  });
  double square = 0;
  for (double row : terms) square += row * row;
  return rounding * rounding * sum(comm, square);
}

}  // namespace ddpinn
