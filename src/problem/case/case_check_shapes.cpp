// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/case/case_keys.hpp"
#include "problem/case/case_parts.hpp"
#include "problem/case/case_tree.hpp"
#include "problem/expression/level_sets.hpp"

#include "base/random.hpp"
#include "geometry/region.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>

namespace ddpinn {
namespace {

constexpr std::size_t trial_points = 4096;

std::vector<Point> random_points(const Domain& domain) {
  Random random(1, 0);
  std::vector<Point> points(trial_points);
  for (auto& point : points)
    for (std::size_t d = 0; d < domain.lower.size(); ++d)
      point[d] = random.uniform(domain.lower[d], domain.upper[d]);
  return points;
}

/// Whether a shape has all that it needs; what it lacks is reported where it is read.
bool is_complete(const Shape& shape, const Domain& domain) {
  const auto d = domain.coordinates.size();
  switch (shape.kind) {
    case Shape::Kind::ball:
      return shape.center.size() == d && shape.radius > 0;
    case Shape::Kind::cylinder: {
      const bool has_axis = std::find(domain.coordinates.begin(), domain.coordinates.end(), shape.axis) !=
                            domain.coordinates.end();
      return shape.center.size() == d && shape.radius > 0 && has_axis && d > 1;
    }
    case Shape::Kind::box: {
      bool ascends = shape.lower.size() == d && shape.upper.size() == d;
      for (std::size_t k = 0; ascends && k < d; ++k) ascends = shape.lower[k] < shape.upper[k];
      return ascends;
    }
    case Shape::Kind::implicit:
      return true;
  }
  return false;
}

/// Whether an analytic shape and the domain's box have points in common; implicit shapes count as having
/// some.
bool meets_box(const Shape& shape, const Domain& domain) {
  if (shape.kind == Shape::Kind::implicit) return true;
  double squares = 0;
  for (std::size_t d = 0; d < domain.lower.size(); ++d) {
    const double lower = domain.lower[d];
    const double upper = domain.upper[d];
    if (shape.kind == Shape::Kind::box) {
      if (shape.upper[d] <= lower || shape.lower[d] >= upper) return false;
    } else if (domain.coordinates[d] != shape.axis) {
      const double distance = shape.center[d] - std::clamp(shape.center[d], lower, upper);
      squares += distance * distance;
    }
  }
  return shape.kind == Shape::Kind::box || squares < shape.radius * shape.radius;
}

/// Nothing couples the two ends of a periodic direction where different parts of the domain meet there.
void check_periodic_interfaces(const Section& root, const Domain& domain, const Region& region) {
  for (std::size_t d = 0; d < domain.coordinates.size(); ++d) {
    if (!domain.periodic[d]) continue;
    auto lower = random_points(domain), upper = lower;
    const double inward = 1e-7 * (domain.upper[d] - domain.lower[d]);
    for (auto& x : lower) x[d] = domain.lower[d] + inward;
    for (auto& x : upper) x[d] = domain.upper[d] - inward;
    if (region.sides(lower) != region.sides(upper))
      root.error(
          root.section("domain").at("periodic"),
          "the interfaces are not periodic in " + domain.coordinates[d] +
              " (at its two ends different sides of them meet, and no condition is there); continue the "
              "shapes at the other end, or move them away from the ends");
  }
}

/// A shape whose expression is no number somewhere has no inside there.
void check_numbers(const Section& root, const Domain& domain, const std::vector<LevelSet>& level_sets,
                   const std::vector<Point>& points) {
  for (std::size_t s = 0; s < level_sets.size(); ++s) {
    if (!level_sets[s]) continue;
    const auto values = level_sets[s](points);
    const auto bad = std::ranges::find_if(values, [](double v) { return std::isnan(v); });
    if (bad == values.end()) continue;
    std::string place;
    for (std::size_t d = 0; d < domain.coordinates.size(); ++d)
      place += fmt::format("{}{} = {:.3g}", d > 0 ? ", " : "", domain.coordinates[d],
                           points[bad - values.begin()][d]);
    root.error(
        domain.shapes[s].inside.at,
        fmt::format("inside of {} is not a number everywhere (at {}); write an expression that is finite "
                    "in the whole box, for example with where() or maximum()",
                    as_toml(domain.shapes[s].name), place));
  }
}

}  // namespace

void check_shapes(const Section& root, const Problem& problem) {
  const auto& domain = problem.domain;
  if (domain.shapes.empty()) return;
  for (const auto& shape : domain.shapes)
    if (!is_complete(shape, domain)) return;
  bool all_meet = true;
  for (const auto& shape : domain.shapes) {
    if (meets_box(shape, domain)) continue;
    all_meet = false;
    root.error(shape.at, "the shape " + as_toml(shape.name) +
                             " lies outside the domain's box (so it cuts nothing); "
                             "move it, or remove it");
  }
  if (!all_meet) return;
  const auto points = random_points(domain);
  const auto implicit = level_sets(problem);
  check_numbers(root, domain, implicit, points);
  const Region region(domain, implicit);
  check_periodic_interfaces(root, domain, region);
  const auto inside = region.contains(points);
  if (std::find(inside.begin(), inside.end(), char{1}) == inside.end())
    root.error(root.at("domain"),
               "the shapes leave nothing of the domain (none of " + std::to_string(trial_points) +
                   " random points of the box is inside); make removed shapes smaller, or check the "
                   "sign of inside: it is negative inside the shape");
}

}  // namespace ddpinn
