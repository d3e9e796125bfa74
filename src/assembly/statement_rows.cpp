// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/statement_rows.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <algorithm>
#include <cmath>

namespace ddpinn {

namespace {

/// Columns that expressions read: coordinates and normals by direction, copied out of the points; coordinates
/// on the sides of an interface, moved a little.
class Columns {
 public:
  Columns(const PointGroup& group, const FieldValues& fields)
      : group_(group), fields_(fields), own_(4 * max_dimension) {}

  std::vector<std::span<const double>> of(const Expression& expression) {
    std::vector<std::span<const double>> columns;
    for (const auto& argument : expression.arguments()) columns.push_back(column(argument));
    return columns;
  }

  std::size_t derivative(const Derivative& wanted) const {
    return static_cast<std::size_t>(std::ranges::find(group_.derivatives, wanted) -
                                    group_.derivatives.begin());
  }

 private:
  std::span<const double> column(const Argument& argument) {
    if (argument.kind == Argument::Kind::field) return fields_[derivative(argument.derivative)];
    const bool normal = argument.kind == Argument::Kind::normal;
    const int block = normal ? 3 : static_cast<int>(argument.side);
    const auto d = static_cast<std::size_t>(argument.index);
    auto& values = own_[static_cast<std::size_t>(block * max_dimension) + d];
    if (!values.empty()) return values;
    for (const auto& x : normal ? group_.points.normal : group_.points.x) values.push_back(x[d]);
    if (argument.side == Side::here) return values;
    const double step = argument.side == Side::plus ? group_.probe_step : -group_.probe_step;
    for (std::size_t i = 0; i < values.size(); ++i) values[i] += step * group_.points.normal[i][d];
    return values;
  }

  const PointGroup& group_;
  const FieldValues& fields_;
  std::vector<std::vector<double>> own_;
};

void require_finite(const std::vector<double>& values, const Statement& statement, const PointGroup& group,
                    const Model& model) {
  const auto bad = std::ranges::find_if(values, [](double v) { return !std::isfinite(v); });
  if (bad == values.end()) return;
  const auto i = static_cast<std::size_t>(bad - values.begin());
  const auto& x = group.points.x[i];
  throw Error(
      Status::numerical,
      fmt::format(
          "the residual of '{}' is {} at the point ({:.6g}) in subdomain {} (a division by zero, a "
          "logarithm or root of a negative number, or a diverging iteration); check the expression there, "
          "or guard it by where(...)",
          statement.name, *bad, fmt::join(x.begin(), x.begin() + model.dimension(), ", "), group.core[i]));
}

}  // namespace

std::vector<double> residual_values(const Statement& statement, const PointGroup& group,
                                    const FieldValues& fields) {
  const auto n = group.points.size();
  return n == 0 ? std::vector<double>{}
                : statement.residual.evaluate(Columns(group, fields).of(statement.residual), n);
}

StatementValues evaluate(const Statement& statement, const PointGroup& group, const FieldValues& fields,
                         const Model& model, bool linearise) {
  StatementValues result;
  const auto n = group.points.size();
  if (n == 0) return result;
  Columns columns(group, fields);
  const auto& residual = statement.residual;
  if (!linearise) {
    result.residual = residual_values(statement, group, fields);
  } else {
    auto linear = residual.linearise(columns.of(residual), n);
    result.residual = std::move(linear.value);
    result.derivative.resize(group.derivatives.size());
    for (std::size_t a = 0; a < residual.arguments().size(); ++a) {
      const auto& argument = residual.arguments()[a];
      if (argument.kind != Argument::Kind::field) continue;
      require_finite(linear.derivative[a], statement, group, model);
      result.derivative[columns.derivative(argument.derivative)] = std::move(linear.derivative[a]);
    }
  }
  require_finite(result.residual, statement, group, model);
  return result;
}

}  // namespace ddpinn
