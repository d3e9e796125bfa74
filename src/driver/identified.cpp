// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "driver/identified.hpp"

#include <fmt/format.h>

#include <cmath>

namespace ddpinn {

std::vector<std::string> identification_warnings(const Problem& problem,
                                                 const std::vector<Identified>& identified) {
  std::vector<std::string> warnings;
  for (std::size_t i = 0; i < identified.size(); ++i) {
    const auto& [name, value, error] = identified[i];
    const auto& unknown = problem.unknowns[i];
    if (!std::isfinite(error))
      warnings.push_back(fmt::format(
          "the unknown '{}' is not determined (no residual depends on it, or another unknown has the "
          "same effect), so its value means nothing; add data, or make it a parameter",
          name));
    else if (value <= unknown.lower || value >= unknown.upper)
      warnings.push_back(fmt::format(
          "the unknown '{}' is at its {} bound {:g} (beyond it the residuals are smaller, and its "
          "standard error does not count); move the bound unless it is meant to hold",
          name, value <= unknown.lower ? "lower" : "upper", value));
  }
  return warnings;
}

}  // namespace ddpinn
