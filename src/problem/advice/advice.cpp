// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/advice/advice.hpp"

#include "problem/advice/condition_counts.hpp"
#include "problem/advice/jumps.hpp"
#include "problem/advice/meeting_values.hpp"

namespace ddpinn {

std::vector<std::string> advice(const Problem& problem) {
  const auto model = compile(problem);
  std::vector<std::string> all;
  for (const auto& part :
       {missing_conditions(model), contradictory_values(model), jumping_coefficients(model)})
    all.insert(all.end(), part.begin(), part.end());
  return all;
}

}  // namespace ddpinn
