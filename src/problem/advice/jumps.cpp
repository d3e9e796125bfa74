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

/// A change by this part of the largest value along a line, over so many of its nodes, is steep.
constexpr double least_rise = 0.5;
constexpr int steep_nodes = nodes / 20;

struct Jump {
  Point at{};
  double before = 0, after = 0;
};

/// Equal distances along a direction, from one point to the other.
std::vector<Point> line(Point from, double to, int direction) {
  std::vector<Point> points(nodes, from);
  for (int i = 0; i < nodes; ++i) points[i][direction] += (i + 0.5) / nodes * (to - from[direction]);
  return points;
}

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
      const double factor = term == all[i].end() ? 0 : term->coefficient;
      result.push_back(holds ? factor : std::nan(""));
    }
    return result;
  }

  /// The first jump along a line in this direction through x.
  std::optional<Jump> jump(const Point& x, int direction) const {
    const auto points = across(x, direction);
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

  /// The first steep rise or fall along such a line that no term with the derivative of one order less makes
  /// the derivative of a flux: k*u_xx + k_x*u_x is that of k*u_x.
  std::optional<Jump> rise(const Point& x, int direction) const {
    const auto points = across(x, direction);
    const auto values = (*this)(points);
    double largest = 0;
    for (double value : values)
      if (std::isfinite(value)) largest = std::max(largest, std::abs(value));
    const auto is_steep = [&](double a, double b) { return std::abs(b - a) > least_rise * largest; };
    for (int i = 0; i + steep_nodes < nodes; ++i) {
      const auto &from = points[i], &to = points[i + steep_nodes];
      const auto sides = model_.region.sides(std::vector{from, to});
      if (sides[0] == sides[1] && is_steep(values[i], values[i + steep_nodes]) &&
          !is_flux(from, to, direction))
        return Jump{from, values[i], values[i + steep_nodes]};
    }
    return {};
  }

 private:
  /// From one face to the other.
  std::vector<Point> across(Point x, int direction) const {
    const auto& box = model_.region.box();
    x[direction] = box.lower[direction];
    return line(x, box.upper[direction], direction);
  }

  /// Whether the factor of the derivative of one order less is the slope of this one, in a steep place.
  bool is_flux(Point lower, Point upper, int direction) const {
    constexpr int halvings = 20;
    constexpr double most = 0.8, similar = 0.5;
    for (int i = 0; i < halvings; ++i) {  // as near to the steepest place as most of the change is
      Point middle = lower;
      middle[direction] = (lower[direction] + upper[direction]) / 2;
      const auto values = (*this)({lower, middle, upper});
      const double first = std::abs(values[1] - values[0]), second = std::abs(values[2] - values[1]);
      if (std::max(first, second) < most * (first + second)) break;
      (first > second ? upper : lower) = middle;
    }
    auto less = of_;
    --less.alpha[direction];
    double sum = 0;
    for (double slope : Factor(model_, group_, statement_, less)(line(lower, upper[direction], direction)))
      sum += slope / nodes * (upper[direction] - lower[direction]);
    const auto ends = (*this)({lower, upper});
    const double change = ends[1] - ends[0];
    return std::abs(sum - change) < similar * std::abs(change);
  }

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

/// The first that is found of the factors of an equation's highest derivatives, along lines in the directions
/// of these.
/// @param find an optional Jump of Factor, point, direction @param say the warning of derivative, place
template <class Find, class Say>
std::optional<std::string> first_of(const Model& model, const StatementGroup& group,
                                    const Statement& statement, Find&& find, Say&& say) {
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
        if (const auto found = find(factor, x, d))
          return prefix(statement.at) + say(derivative_name(model, argument.derivative), *found,
                                            fmt::format("{} = {:.6g}", model.coordinates[d], found->at[d]));
    }
  }
  return {};
}

std::optional<std::string> jump_warning(const Model& model, const StatementGroup& group,
                                        const Statement& statement) {
  return first_of(
      model, group, statement, [](const Factor& factor, const Point& x, int d) { return factor.jump(x, d); },
      [&](const std::string& derivative, const Jump& jump, const std::string& place) {
        return fmt::format(
            "the factor of {} in '{}' jumps from {:.4g} to {:.4g} at {}, where no interface is (a factor "
            "that jumps times a second derivative is not the derivative of a flux); make it a "
            "[[domain.interface]] with conditions on value and flux, or use an [[energy]], which needs none, "
            "or give the flux a field of its own",
            derivative, statement.name, jump.before, jump.after, place);
      });
}

std::optional<std::string> rise_warning(const Model& model, const StatementGroup& group,
                                        const Statement& statement) {
  return first_of(
      model, group, statement, [](const Factor& factor, const Point& x, int d) { return factor.rise(x, d); },
      [&](const std::string& derivative, const Jump& rise, const std::string& place) {
        return fmt::format(
            "the factor of {} in '{}' goes from {:.4g} to {:.4g} within a twentieth of the domain, from {} "
            "on, and no other term follows its slope (it is solved as written, but k*u_xx is not the "
            "derivative of a flux k*u_x where k varies); write d(k*u_x, x) if the flux is conserved",
            derivative, statement.name, rise.before, rise.after, place);
      });
}

/// What is said of the equations. @param warning an optional text of a statement
template <class Warning>
std::vector<std::string> of_equations(const Model& model, Warning&& warning) {
  std::vector<std::string> all;
  for (const auto& group : model.groups)
    if (group.interior && group.points.empty() && !group.is_weak())
      for (const auto& statement : group.statements)
        if (auto found = warning(model, group, statement)) all.push_back(std::move(*found));
  return all;
}

}  // namespace

std::vector<std::string> jumping_coefficients(const Model& model) {
  return of_equations(model, jump_warning);
}

std::vector<std::string> changing_coefficients(const Model& model) {
  return of_equations(model, [](const Model& all, const StatementGroup& group, const Statement& statement) {
    const auto jump = jump_warning(all, group, statement);
    return jump ? jump : rise_warning(all, group, statement);
  });
}

}  // namespace ddpinn
