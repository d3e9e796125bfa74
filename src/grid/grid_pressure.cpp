// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "grid/grid_pressure.hpp"

namespace ddpinn {

namespace {

double diagonal(const PressureRow::Link& link, std::span<const double> coefficient,
                const TimeDifferences& time) {
  double principal = 0, other = 0;
  for (const auto& term : link.diagonal)
    (term.principal ? principal : other) += coefficient[term.entry] * term.weight * time[term.kind].now;
  return principal != 0 ? principal : other;
}

}  // namespace

std::vector<double> PressureRow::coefficients(std::span<const double> coefficient,
                                              const TimeDifferences& time) const {
  std::vector<double> result;
  for (const auto& direction : links) {
    double sum = 0;
    for (const auto& link : direction)
      if (const double a = diagonal(link, coefficient, time); a != 0)
        sum -= coefficient[link.divergence] * coefficient[link.gradient] / a;
    result.push_back(sum);
  }
  return result;
}

}  // namespace ddpinn
