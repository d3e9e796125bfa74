// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "judge/identified.hpp"

#include "solver/identification/observations.hpp"

#include <fmt/format.h>

#include <cmath>

namespace ddpinn {

namespace {

/// How many times the sum of squares that noise makes may be left without a warning.
constexpr double much = 3;

}  // namespace

std::vector<std::string> identification_warnings(const Problem& problem, const Result& result) {
  const auto& identified = result.identified;
  std::vector<std::string> warnings;
  for (std::size_t i = 0; i < identified.size(); ++i) {
    const auto& [name, value, error] = identified[i];
    const auto& unknown = problem.unknowns[i];
    const bool known = std::isfinite(error);
    if (!known && result.converged)  // else it may only not be known yet
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

std::optional<std::string> noise_warning(const Problem& problem, double square, const std::string& rows,
                                         const std::string& remedy) {
  const double expected = expected_square(problem);
  if (expected == 0 || square <= much * expected) return {};
  return fmt::format(
      "the sum of squares of {} is {:.2g} times what the standard deviations of the data explain (so the "
      "standard errors of the unknowns are too small); use {}, or check equations and standard deviations",
      rows, square / expected, remedy);
}

}  // namespace ddpinn
