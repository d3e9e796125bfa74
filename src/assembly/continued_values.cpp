// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/continued_values.hpp"

namespace ddpinn {

void take_over(Rows& rows, const std::function<FieldValues(const std::vector<Point>&)>& traces) {
  const auto& groups = rows.rows().groups;
  for (std::size_t g = 0; g < groups.size(); ++g)
    if (groups[g].statements->given_columns > 0 && !groups[g].statements->is_data())
      rows.set_given(g, traces(groups[g].points.x));
}

}  // namespace ddpinn
