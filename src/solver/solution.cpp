// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/solution.hpp"

namespace ddpinn {

Solution zero_solution(const Rows& discretisation) {
  return {discretisation.zero_field(), discretisation.lift()};
}

Solution solution_of(const Rows& discretisation, const Field& field) {
  auto solution = zero_solution(discretisation);
  for (const auto& block : discretisation.blocks()) solution.field[block.subdomain] = field[block.subdomain];
  discretisation.add_fields(solution.field, solution.fields);
  return solution;
}

}  // namespace ddpinn
