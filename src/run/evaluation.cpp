// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "run/evaluation.hpp"

#include "assembly/statement_rows.hpp"
#include "parallel/agree.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <limits>

namespace ddpinn {

namespace {

/// The points in the domain of one time slab, and which of all they are.
struct Selection {
  PointSet points;
  std::vector<std::size_t> which;
};

Selection select(const Field& field, const TimeSlab& slab, const std::vector<Point>& points) {
  Selection result;
  const auto inside = field.space().model().region.contains(points);
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (!inside[i] || (slab.direction >= 0 && !slab.contains(points[i][slab.direction]))) continue;
    result.points.x.push_back(points[i]);
    result.points.measure.push_back(1);
    result.which.push_back(i);
  }
  return result;
}

}  // namespace

StatementGroup compile_expressions(const Fields::Parts& parts, const std::vector<std::string>& expressions,
                                   const Scope& scope) {
  StatementGroup group;
  const auto all = fmt::format("{}", fmt::join(expressions, "\n"));
  const auto first = broadcast(parts.comm, all);
  collectively(parts.comm, [&] {
    if (all != first)
      throw Error(
          Status::usage,
          "Fields: " +
              fmt::format("the expressions differ between ranks ('{}' and '{}'); give the same", first, all));
    for (const auto& text : expressions)
      group.statements.push_back({text, Residual(Text{text, {"expression", 0, 0}}, scope), {}});
  });
  return group;
}

std::vector<std::vector<double>> values_at(const Fields::Parts& parts, const std::vector<Point>& points,
                                           const StatementGroup& expressions) {
  const auto derivatives = expressions.derivatives();
  std::vector<std::vector<double>> result(
      expressions.statements.size(),
      std::vector<double>(points.size(), std::numeric_limits<double>::quiet_NaN()));
  for (std::size_t s = 0; s < parts.slabs.size(); ++s) {
    const auto& field = parts.slabs[s];
    auto [chosen, which] = select(field, parts.slab(s), points);
    const auto fields = field.anywhere(chosen.x, derivatives);
    const auto at = point_group(std::move(chosen), derivatives, field.space().model().dimension());
    for (std::size_t e = 0; e < result.size(); ++e) {
      const auto values = residual_values(expressions.statements[e], at, fields, field.unknowns());
      for (std::size_t i = 0; i < which.size(); ++i) result[e][which[i]] = values[i];
    }
  }
  return result;
}

}  // namespace ddpinn
