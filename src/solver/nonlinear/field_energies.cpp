// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/nonlinear/field_energies.hpp"

#include "parallel/agree.hpp"
#include "parallel/square_sum.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ddpinn {

namespace {

bool is_value(const Derivative& derivative) { return order(derivative.alpha) == 0; }

/// The middle between the largest and the smallest value of each field, as far as rows have values.
/// @note Collective.
std::vector<double> middles(const Rows& rows, const std::vector<FieldValues>& fields) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const auto count = rows.model().fields.size();
  std::vector<double> greatest(count, -infinity), least(count, -infinity);
  for (std::size_t g = 0; g < fields.size(); ++g) {
    const auto& derivatives = rows.rows().groups[g].derivatives;
    for (std::size_t a = 0; a < derivatives.size(); ++a) {
      if (!is_value(derivatives[a])) continue;
      const auto f = derivatives[a].field;
      for (double v : fields[g][a]) {
        greatest[f] = std::max(greatest[f], v);
        least[f] = std::max(least[f], -v);
      }
    }
  }
  const auto& comm = rows.space().communicator();
  max(comm, greatest);
  max(comm, least);
  for (std::size_t f = 0; f < count; ++f)
    greatest[f] = std::isfinite(greatest[f]) ? 0.5 * (greatest[f] - least[f]) : 0;
  return greatest;
}

void make_absolute(std::vector<double>& values) {
  for (auto& value : values) value = std::abs(value);
}

/// Sizes of one field without its middle; the others zero.
std::vector<FieldValues> alone(const Rows& rows, std::vector<FieldValues> fields, std::size_t f,
                               double middle) {
  for (std::size_t g = 0; g < fields.size(); ++g) {
    const auto& derivatives = rows.rows().groups[g].derivatives;
    for (std::size_t a = 0; a < derivatives.size(); ++a)
      if (derivatives[a].field != static_cast<int>(f))
        std::ranges::fill(fields[g][a], 0.0);
      else if (is_value(derivatives[a]))
        for (auto& v : fields[g][a]) v -= middle;
    for (auto& column : fields[g]) make_absolute(column);
  }
  return fields;
}

}  // namespace

FieldEnergies field_energies(const Rows& rows, const std::vector<FieldValues>& fields) {
  const auto& comm = rows.space().communicator();
  auto linear = collectively(comm, [&] { return rows.linearise(fields); });
  for (auto& group : linear.derivative)
    for (auto& statement : group) std::ranges::for_each(statement, make_absolute);
  const auto middle = middles(rows, fields);
  const auto energy = [&](const std::vector<FieldValues>& direction) {
    return std::sqrt(square_sum(comm, rows.directional(linear, direction)));
  };
  auto sizes = fields;
  for (auto& group : sizes) std::ranges::for_each(group, make_absolute);
  FieldEnergies result{energy(sizes), std::numeric_limits<double>::infinity()};
  for (std::size_t f = 0; f < middle.size(); ++f)
    if (const double own = energy(alone(rows, fields, f, middle[f])); own > 0)
      result.least = std::min(result.least, own);
  return result;
}

}  // namespace ddpinn
