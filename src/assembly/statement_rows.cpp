// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/statement_rows.hpp"

#include "base/random.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <algorithm>
#include <cmath>
#include <functional>

namespace ddpinn {

namespace {

/// Columns that expressions read: coordinates and normals by direction, copied out of the points; coordinates
/// on the sides of an interface, moved a little; and the unknowns, the same at every point. Of some of the
/// points of a group.
class Columns {
 public:
  Columns(const PointGroup& group, const FieldValues& fields, std::span<const double> unknowns,
          std::size_t begin, std::size_t count)
      : group_(group),
        fields_(fields),
        unknowns_(unknowns),
        begin_(begin),
        count_(count),
        own_(4 * max_dimension),
        constant_(unknowns.size()) {}

  std::vector<std::span<const double>> of(const Residual& residual) {
    std::vector<std::span<const double>> columns;
    for (const auto& argument : residual.arguments()) columns.push_back(column(argument));
    return columns;
  }

  std::size_t derivative(const Derivative& wanted) const {
    return std::ranges::find(group_.derivatives, wanted) - group_.derivatives.begin();
  }

 private:
  std::span<const double> column(const Argument& argument) {
    const std::size_t index = argument.index;
    if (argument.kind == Argument::Kind::field) return part(fields_[derivative(argument.derivative)]);
    if (argument.kind == Argument::Kind::given) return part(group_.given[index]);
    if (argument.kind == Argument::Kind::unknown) {
      constant_[index].assign(count_, unknowns_[index]);
      return constant_[index];
    }
    const bool normal = argument.kind == Argument::Kind::normal;
    const int block = normal ? 3 : static_cast<int>(argument.side);
    auto& values = own_[(block * max_dimension) + index];
    if (!values.empty()) return values;
    for (const auto& x : std::span(normal ? group_.points.normal : group_.points.x).subspan(begin_, count_))
      values.push_back(x[index]);
    if (argument.side == Side::here) return values;
    const double step = argument.side == Side::plus ? group_.probe_step : -group_.probe_step;
    for (std::size_t i = 0; i < values.size(); ++i)
      values[i] += step * group_.points.normal[begin_ + i][index];
    return values;
  }

  std::span<const double> part(const std::vector<double>& all) const {
    return std::span(all).subspan(begin_, count_);
  }

  const PointGroup& group_;
  const FieldValues& fields_;
  std::span<const double> unknowns_;
  std::size_t begin_, count_;
  std::vector<std::vector<double>> own_, constant_;
};

/// @param begin the point of the first value
void require_finite(const std::vector<double>& values, const Statement& statement, const PointGroup& group,
                    const Model& model, std::size_t begin) {
  const auto bad = std::ranges::find_if(values, [](double v) { return !std::isfinite(v); });
  if (bad == values.end()) return;
  const std::size_t i = begin + (bad - values.begin());
  const auto& x = group.points.x[i];
  throw Error(
      Status::numerical,
      fmt::format(
          "the residual of '{}' is {} at the point ({:.6g}) in subdomain {} (a division by zero, a "
          "logarithm or root of a negative number, or a diverging iteration); check the expression there, "
          "or guard it by where(...)",
          statement.name, *bad, fmt::join(x.begin(), x.begin() + model.dimension(), ", "), group.core[i]));
}

/// Calls evaluate(begin, count) for the points of a group, some at a time: expressions take several columns
/// of temporaries.
void in_parts(const PointGroup& group, const std::function<void(std::size_t, std::size_t)>& evaluate) {
  constexpr std::size_t most = 1 << 16;
  for (std::size_t begin = 0; begin < group.points.size(); begin += most)
    evaluate(begin, std::min(most, group.points.size() - begin));
}

void put(const std::vector<double>& part, std::size_t begin, std::size_t size, std::vector<double>& all) {
  if (part.empty()) return;
  all.resize(size);
  std::ranges::copy(part, all.begin() + begin);
}

}  // namespace

std::vector<double> residual_values(const Statement& statement, const PointGroup& group,
                                    const FieldValues& fields, std::span<const double> unknowns) {
  std::vector<double> result;
  in_parts(group, [&](std::size_t begin, std::size_t count) {
    Columns columns(group, fields, unknowns, begin, count);
    put(statement.residual.evaluate(columns.of(statement.residual), count), begin, group.points.size(),
        result);
  });
  return result;
}

namespace {

bool is_constant(const std::vector<double>& slope) {
  constexpr double rounding = 1e-12;
  const auto [least, most] = std::ranges::minmax(slope);
  return most - least <= rounding * std::max(std::abs(least), std::abs(most));
}

bool has_constant_slopes(const Model& model, const PointSet& points) {
  for (const auto& statements : model.groups) {
    auto group = point_group(points, statements.derivatives(), model.dimension());
    group.core.assign(points.size(), 0);
    group.given.assign(statements.given_columns, std::vector<double>(points.size(), 0.0));
    const FieldValues fields(group.derivatives.size(), std::vector<double>(points.size(), 0.0));
    for (const auto& statement : statements.statements)
      for (const auto& slope :
           evaluate(statement, group, fields, model.initial_unknowns(), model, true).derivative)
        if (!slope.empty() && !is_constant(slope)) return false;
  }
  return true;
}

}  // namespace

bool has_constant_slopes(const Model& model) {
  constexpr int tried = 16;
  const auto& box = model.region.box();
  PointSet points;
  Random random(1, 0);
  for (int i = 0; i < tried; ++i) {
    Point x{}, normal{};
    for (int d = 0; d < box.dimension; ++d) x[d] = random.uniform(box.lower[d], box.upper[d]);
    normal[0] = 1;
    points.x.push_back(x);
    points.normal.push_back(normal);
    points.measure.push_back(1);
  }
  try {
    return has_constant_slopes(model, points);
  } catch (const Error&) {  // an expression that has no value somewhere in the box
    return false;
  }
}

namespace {

/// Of `count` points from `begin` on.
void linearise_part(const Statement& statement, const PointGroup& group, const FieldValues& fields,
                    std::span<const double> unknowns, const Model& model, std::size_t begin,
                    std::size_t count, StatementValues& result) {
  Columns columns(group, fields, unknowns, begin, count);
  const auto& residual = statement.residual;
  const auto linear = residual.linearise(columns.of(residual), count);
  put(linear.value, begin, group.points.size(), result.residual);
  for (std::size_t a = 0; a < residual.arguments().size(); ++a) {
    const auto& argument = residual.arguments()[a];
    if (!argument.sought()) continue;
    require_finite(linear.derivative[a], statement, group, model, begin);
    put(linear.derivative[a], begin, group.points.size(),
        argument.kind == Argument::Kind::field ? result.derivative[columns.derivative(argument.derivative)]
                                               : result.unknowns[argument.index]);
  }
}

}  // namespace

StatementValues evaluate(const Statement& statement, const PointGroup& group, const FieldValues& fields,
                         std::span<const double> unknowns, const Model& model, bool linearise) {
  StatementValues result;
  if (group.points.size() == 0) return result;
  if (!linearise) {
    result.residual = residual_values(statement, group, fields, unknowns);
  } else {
    result.derivative.resize(group.derivatives.size());
    result.unknowns.resize(model.unknowns.size());
    in_parts(group, [&](std::size_t begin, std::size_t count) {
      linearise_part(statement, group, fields, unknowns, model, begin, count, result);
    });
  }
  require_finite(result.residual, statement, group, model, 0);
  return result;
}

}  // namespace ddpinn
