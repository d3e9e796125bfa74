// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "run/continuation.hpp"

#include "base/random.hpp"
#include "problem/model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <optional>

namespace ddpinn {

namespace {

constexpr std::size_t samples = 8;

int order_of(const Argument& argument) {
  const auto& alpha = argument.derivative.alpha;
  return std::accumulate(alpha.begin(), alpha.end(), 0);
}

/// Derivatives of the equations with respect to the highest derivatives of the fields in them, at random
/// values of all arguments: the same values for every problem that differs in numbers only.
std::vector<double> highest_slopes(const Problem& problem) {
  std::vector<double> result;
  const auto model = compile(problem);
  for (const auto& group : model.groups) {
    if (!group.interior) continue;
    for (const auto& statement : group.statements) {
      const auto& arguments = statement.residual.arguments();
      int order = 1;
      for (const auto& argument : arguments) order = std::max(order, order_of(argument));
      Random random(1, 1);
      std::vector<std::vector<double>> columns(arguments.size());
      for (auto& column : columns)
        for (std::size_t i = 0; i < samples; ++i) column.push_back(random.uniform(0.5, 1.5));
      const std::vector<std::span<const double>> views(columns.begin(), columns.end());
      const auto linear = statement.residual.linearise(views, samples);
      for (std::size_t a = 0; a < arguments.size(); ++a)
        if (order > 1 && arguments[a].kind == Argument::Kind::field && order_of(arguments[a]) == order)
          result.insert(result.end(), linear.derivative[a].begin(), linear.derivative[a].end());
    }
  }
  return result;
}

/// The power by which all these derivatives grow with a parameter that is multiplied by a factor; none where
/// they do not grow alike.
std::optional<double> common_power(const Problem& problem, std::size_t parameter, double factor) {
  auto multiplied = problem;
  multiplied.parameters[parameter].second *= factor;
  const auto once = highest_slopes(problem), twice = highest_slopes(multiplied);
  std::optional<double> power;
  for (std::size_t i = 0; i < once.size(); ++i) {
    if (once[i] == 0 && twice[i] == 0) continue;
    const double here = std::log(twice[i] / once[i]) / std::log(factor);
    if (!std::isfinite(here) || (power && std::abs(here - *power) > 1e-6)) return {};
    power = here;
  }
  return power && std::abs(*power) > 1e-6 ? power : std::nullopt;
}

}  // namespace

std::map<std::string, std::vector<double>> continuation_in_small_factors(const Problem& problem) {
  constexpr std::array factors{100.0, 30.0, 10.0, 3.0, 1.0};
  for (std::size_t p = 0; p < problem.parameters.size(); ++p) {
    const auto& [name, value] = problem.parameters[p];
    if (value == 0) continue;
    // What is proportional to a power grows by it whatever the factor.
    const auto power = common_power(problem, p, 2), other = common_power(problem, p, 10);
    if (!power || !other || std::abs(*power - *other) > 1e-6) continue;
    std::vector<double> values;
    for (double factor : factors) values.push_back(*power > 0 ? value * factor : value / factor);
    return {{name, values}};
  }
  return {};
}

std::string continuation_text(const std::map<std::string, std::vector<double>>& all, std::size_t number) {
  std::string text;
  for (const auto& [name, values] : all)
    text += fmt::format("{}{} = {:g}", text.empty() ? "" : ", ", name, values[number]);
  return text;
}

}  // namespace ddpinn
