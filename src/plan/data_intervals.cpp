// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "plan/data_intervals.hpp"

#include "assembly/statement_rows.hpp"
#include "geometry/quadrature.hpp"
#include "geometry/sobol.hpp"
#include "space/space.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

namespace ddpinn {

namespace {

constexpr int most_intervals = 64, points_an_interval = 6, lines = 5;
/// Part of the sources that may be missed, in L2.
constexpr double missed = 0.05;

/// Gauss points of the smallest intervals on [0, 1].
Quadrature composite_rule() {
  const auto rule = gauss_legendre(points_an_interval);
  Quadrature result;
  for (int i = 0; i < most_intervals; ++i)
    for (int k = 0; k < points_an_interval; ++k) {
      result.node.push_back((i + rule.node[k]) / most_intervals);
      result.weight.push_back(rule.weight[k] / most_intervals);
    }
  return result;
}

/// The square of what polynomials of a degree on each of some equal intervals leave of values at the points
/// of the composite rule.
double left_over(const std::vector<double>& values, const Quadrature& rule, int intervals, int degree) {
  const auto count = values.size() / intervals;
  double rest = 0;
  for (int i = 0; i < intervals; ++i) {
    std::vector<double> coefficients(degree + 1, 0.0);
    for (std::size_t j = i * count; j < (i + 1) * count; ++j) {
      const double x = 2 * (rule.node[j] * intervals - i) - 1, value = rule.weight[j] * values[j];
      rest += value * values[j];
      double before = 0, now = 1;
      for (int k = 0; k <= degree; ++k) {
        coefficients[k] += std::sqrt((2 * k + 1.0) * intervals) * value * now;
        before = std::exchange(now, ((2 * k + 1) * x * now - k * before) / (k + 1));
      }
    }
    for (double c : coefficients) rest -= c * c;
  }
  return std::max(rest, 0.0);
}

/// The statements of a problem along lines, where all networks are zero.
class Sources {
 public:
  explicit Sources(const CaseFile& file)
      : space_(lay_out(file, 1)),
        rule_(composite_rule()),
        places_(sobol_points(space_.model.dimension(), lines, 1)) {}

  int intervals(int direction, int degree) const {
    int result = 1;
    for (const auto& group : space_.model.groups) {
      if (group.is_data() || group.given_columns > 0 || !group.points.empty() || group.interface) continue;
      if (group.interior) result = std::max(result, of_group(group, std::nullopt, direction, degree));
      for (const auto& face : group.faces)
        if (face.direction != direction) result = std::max(result, of_group(group, face, direction, degree));
    }
    return result;
  }

 private:
  int of_group(const StatementGroup& group, const std::optional<Face>& face, int direction,
               int degree) const {
    std::vector<std::vector<double>> values;
    for (const auto& place : places_) add_line(group, face, direction, place, values);
    for (int n = 1; n <= most_intervals; n *= 2)
      if (is_enough(values, n, degree)) return n;
    return 1;
  }

  bool is_enough(const std::vector<std::vector<double>>& values, int intervals, int degree) const {
    double all = 0, rest = 0;
    for (const auto& line : values) {
      for (std::size_t i = 0; i < line.size(); ++i) all += rule_.weight[i] * line[i] * line[i];
      rest += left_over(line, rule_, intervals, degree);
    }
    return rest <= missed * missed * all;
  }

  /// One column for each statement, if the whole line is in the domain and they are finite there.
  void add_line(const StatementGroup& group, const std::optional<Face>& face, int direction,
                const Point& place, std::vector<std::vector<double>>& values) const {
    const auto& region = space_.model.region;
    const auto& box = region.box();
    PointSet points;
    for (double node : rule_.node) {
      Point x{};
      for (int d = 0; d < box.dimension; ++d)
        x[d] = box.lower[d] + box.width(d) * (d == direction ? node : place[d]);
      if (face) x[face->direction] = face->upper ? box.upper[face->direction] : box.lower[face->direction];
      points.x.push_back(x);
      Point normal{};
      if (face) normal[face->direction] = face->upper ? 1 : -1;
      if (face) points.normal.push_back(normal);
    }
    points.measure.assign(points.x.size(), 1.0);
    if (!std::ranges::all_of(region.contains(points.x), [](char inside) { return inside != 0; })) return;
    auto at = point_group(std::move(points), group.derivatives(), box.dimension);
    at.cover.resize(at.points.size());
    const auto lift = GroupBasis(at, space_.model, space_.decomposition).lift();
    for (const auto& statement : group.statements) {
      auto column = residual_values(statement, at, lift, space_.model.initial_unknowns());
      if (std::ranges::all_of(column, [](double v) { return std::isfinite(v); }))
        values.push_back(std::move(column));
    }
  }

  SpaceLayout space_;
  Quadrature rule_;
  std::vector<Point> places_;  ///< of the lines, in [0, 1)
};

}  // namespace

std::vector<int> data_intervals(const CaseFile& file, int degree) {
  const Sources sources(file);
  std::vector<int> result;
  for (std::size_t d = 0; d < file.problem.domain.coordinates.size(); ++d)
    result.push_back(sources.intervals(static_cast<int>(d), degree));
  return result;
}

}  // namespace ddpinn
