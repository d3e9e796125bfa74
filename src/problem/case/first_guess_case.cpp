// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/case/derived_cases.hpp"

#include "base/random.hpp"
#include "problem/affine.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numbers>

namespace ddpinn {
namespace {

/// Of rows that hold the fields where no condition does, beside those of gradients: too little to be seen
/// elsewhere.
constexpr double hold = 1e-3;

constexpr int degree = 4;

/// The derivative along direction d of what guess `number` adds to a field: with xi in [-1, 1] across the
/// domain, of 1 - sum xi^2, its negative, sum xi, its negative, and of waves.
std::string slope(const Domain& domain, std::size_t d, std::size_t field, int number) {
  const double half = (domain.upper[d] - domain.lower[d]) / 2, middle = domain.lower[d] + half;
  const auto xi = fmt::format("({} - ({:.17g}))/{:.17g}", domain.coordinates[d], middle, half);
  const double sign = number % 2 == 0 ? 1 : -1;
  if (number == 1 || domain.periodic[d]) return "0";
  if (number <= 3) return fmt::format("({:g})*{}/{:.17g}", -2 * sign, xi, half);
  if (number <= 5) return fmt::format("{:.17g}", sign / half);
  Random random(number, 16 * field + d);
  const double frequency = random.uniform(0.5, 1.5) * std::numbers::pi;
  const double phase = random.uniform(0, 2 * std::numbers::pi);
  return fmt::format("{:.17g}*cos({:.17g}*{} + {:.17g})", frequency / half, frequency, xi, phase);
}

void add_equations(const Problem& problem, std::size_t field, int number, std::vector<Equation>& equations) {
  const auto& domain = problem.domain;
  const auto& name = problem.fields[field];
  for (std::size_t d = 0; d < domain.coordinates.size(); ++d) {
    auto& equation = equations.emplace_back();
    equation.name = fmt::format("slope_{}_{}", name, domain.coordinates[d]);
    equation.residual.value =
        fmt::format("{}_{} - ({})", name, domain.coordinates[d], slope(domain, d, field, number));
  }
  auto& value = equations.emplace_back();
  value.name = fmt::format("value_{}", name);
  value.residual.value = name;
  value.weight = hold;
}

Problem smooth_problem(const Problem& problem, int number) {
  auto result = problem;
  result.equations.clear();
  result.energies.clear();
  for (std::size_t f = 0; f < problem.fields.size(); ++f) add_equations(problem, f, number, result.equations);
  for (const auto& unknown : problem.unknowns) result.parameters.emplace_back(unknown.name, unknown.initial);
  result.unknowns.clear();
  result.conservation.clear();
  result.natural.clear();
  result.quantities.clear();
  result.exact.clear();
  result.reference_file.reset();
  std::erase_if(result.conditions, [&](const Condition& condition) { return !is_affine(result, condition); });
  return result;
}

}  // namespace

CaseFile first_guess_case(const CaseFile& file, int number) {
  auto result = file;
  result.problem = smooth_problem(file.problem, number);
  const auto dimension = file.problem.domain.coordinates.size();
  auto& options = result.options;
  options.decomposition.levels.clear();
  options.decomposition.coupling = Coupling::windowed;
  options.network = {};
  options.network.hidden = {0};
  options.network.polynomial_degree = {degree};
  options.points = {};
  options.points.interior.assign(dimension, degree + 2);
  options.points.boundary = degree + 2;
  options.solver = {};
  options.solver.tolerance = 1e-8;
  options.coarse.clear();
  return result;
}

}  // namespace ddpinn
