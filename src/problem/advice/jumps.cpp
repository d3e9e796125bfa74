// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/advice/jumps.hpp"

#include "problem/advice/boundary.hpp"
#include "problem/highest_order.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>

namespace ddpinn {

namespace {

constexpr int lines = 6;    ///< that are looked at along each direction
constexpr int nodes = 160;  ///< of each of them

/// A jump is a change by more than this part of the larger value, however near the two points are.
constexpr double least_jump = 0.02;

struct Jump {
  Point at{};
  double before = 0, after = 0;
};

bool differ(double a, double b) { return std::abs(a - b) > least_jump * std::max(std::abs(a), std::abs(b)); }

/// The factor of a derivative in an equation at points; NaN outside the domain.
class Factor {
 public:
  Factor(const Model& model, const StatementGroup& group, const Statement& statement, const Derivative& of)
      : model_(model), group_(group), statement_(statement), of_(of) {}

  std::vector<double> operator()(const std::vector<Point>& points) const {
    const auto all = slopes(model_, statement_, points, 0);
    const auto inside = model_.region.contains(points);
    std::vector<double> result;
    for (std::size_t i = 0; i < points.size(); ++i) {
      const auto term = std::ranges::find_if(all[i], [&](const Term& t) { return t.derivative == of_; });
      const bool holds = inside[i] && (!group_.where || group_.where->at(std::span(&points[i], 1))[0] != 0);
      result.push_back(holds ? term->coefficient : std::nan(""));
    }
    return result;
  }

  /// The first jump along a line in this direction through x.
  std::optional<Jump> jump(const Point& x, int direction) const {
    const auto& box = model_.region.box();
    std::vector<Point> points(nodes, x);
    for (int i = 0; i < nodes; ++i)
      points[i][direction] = box.lower[direction] + (i + 0.5) / nodes * box.width(direction);
    const auto values = (*this)(points);
    const auto change = [&](int i) {
      return i > 0 && i < nodes && std::isfinite(values[i] - values[i - 1])
                 ? std::abs(values[i] - values[i - 1])
                 : 0;
    };
    for (int i = 1; i < nodes; ++i)  // a jump is more than the changes beside it
      if (differ(values[i - 1], values[i]) && change(i) > change(i - 1) + change(i + 1))
        if (auto found = narrowed(points[i - 1], points[i], direction)) return found;
    return {};
  }

 private:
  /// Halves the interval until rounding; what is left of the change is a jump.
  std::optional<Jump> narrowed(Point lower, Point upper, int direction) const {
    constexpr int halvings = 30;
    for (int i = 0; i < halvings; ++i) {
      Point middle = lower;
      middle[direction] = (lower[direction] + upper[direction]) / 2;
      const auto values = (*this)({lower, middle, upper});
      if (!differ(values[0], values[2])) return {};
      (std::abs(values[1] - values[0]) > std::abs(values[2] - values[1]) ? upper : lower) = middle;
    }
    const auto values = (*this)({lower, upper});
    const auto sides = model_.region.sides(std::vector{lower, upper});
    if (!differ(values[0], values[1]) || sides[0] != sides[1]) return {};
    return Jump{upper, values[0], values[1]};
  }

  const Model& model_;
  const StatementGroup& group_;
  const Statement& statement_;
  Derivative of_;
};

std::string derivative_name(const Model& model, const Derivative& derivative) {
  std::string letters;
  for (int d = 0; d < model.dimension(); ++d)
    letters += std::string(derivative.alpha[d], model.coordinates[d][0]);
  return model.fields[derivative.field] + "_" + letters;
}

std::optional<std::string> warning(const Model& model, const StatementGroup& group,
                                   const Statement& statement) {
  const int highest = highest_order(statement);
  const bool placed = std::ranges::any_of(statement.residual.arguments(), [](const Argument& argument) {
    return argument.kind == Argument::Kind::coordinate;
  });
  if (highest < 2 || !placed) return {};
  for (const auto& argument : statement.residual.arguments()) {
    if (argument.kind != Argument::Kind::field || order(argument.derivative.alpha) < highest) continue;
    const Factor factor(model, group, statement, argument.derivative);
    for (int d = 0; d < model.dimension(); ++d) {
      if (argument.derivative.alpha[d] == 0) continue;
      for (const auto& x : scattered(model.region.box(), model.dimension() == 1 ? 1 : lines))
        if (const auto jump = factor.jump(x, d))
          return fmt::format(
              "{}the factor of {} in '{}' jumps from {:.4g} to {:.4g} at {} = {:.6g}, where no interface is "
              "(a "
              "factor that jumps times a second derivative is not the derivative of a flux); make it a "
              "[[domain.interface]] with conditions on value and flux, or give the flux a field of its own",
              prefix(statement.at), derivative_name(model, argument.derivative), statement.name, jump->before,
              jump->after, model.coordinates[d], jump->at[d]);
    }
  }
  return {};
}

}  // namespace

std::vector<std::string> jumping_coefficients(const Model& model) {
  std::vector<std::string> all;
  for (const auto& group : model.groups)
    if (group.interior && group.points.empty() && !group.is_weak())
      for (const auto& statement : group.statements)
        if (auto found = warning(model, group, statement)) all.push_back(std::move(*found));
  return all;
}

}  // namespace ddpinn
