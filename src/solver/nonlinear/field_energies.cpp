// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/nonlinear/field_energies.hpp"

#include "parallel/agree.hpp"
#include "parallel/square_sum.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

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

/// The root of the sum of squares of the rows to which all terms add up with their sizes: those of all
/// fields, or of one without its middle. @note Collective.
double energy(const Rows& rows, const Linearisation& linear, const std::vector<FieldValues>& fields,
              std::optional<int> field, double middle) {
  std::vector<double> sizes(rows.rows().count, 0.0);
  for (std::size_t g = 0; g < fields.size(); ++g) {
    const auto& group = rows.rows().groups[g];
    for (std::size_t s = 0; s < linear.derivative[g].size(); ++s)
      for (std::size_t a = 0; a < linear.derivative[g][s].size(); ++a) {
        const auto& slope = linear.derivative[g][s][a];
        if (slope.empty() || (field && group.derivatives[a].field != *field)) continue;
        const double off = field && is_value(group.derivatives[a]) ? middle : 0;
        group.rows.for_each([&](std::size_t i, const auto& place) {
          sizes[place.row(s)] += std::abs(slope[i] * (fields[g][a][i] - off));
        });
      }
  }
  return std::sqrt(square_sum(rows.space().communicator(), sizes));
}

}  // namespace

FieldEnergies field_energies(const Rows& rows, const std::vector<FieldValues>& fields) {
  const auto& comm = rows.space().communicator();
  const auto linear = collectively(comm, [&] { return rows.linearise(fields); });
  const auto middle = middles(rows, fields);
  FieldEnergies result{energy(rows, linear, fields, {}, 0), std::numeric_limits<double>::infinity()};
  for (std::size_t f = 0; f < middle.size(); ++f)
    if (const double own = energy(rows, linear, fields, static_cast<int>(f), middle[f]); own > 0)
      result.least = std::min(result.least, own);
  return result;
}

}  // namespace ddpinn
