// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "run/quantities.hpp"

#include "assembly/statement_rows.hpp"
#include "base/grid_index.hpp"
#include "geometry/quadrature.hpp"
#include "judge/quadrature.hpp"
#include "parallel/agree.hpp"
#include "problem/expression/scope.hpp"
#include "space/point_group.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>

namespace ddpinn {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr int gauss_points = 12;
/// Per direction of a core, ends included, by the number of directions.
constexpr std::array<int, max_dimension + 1> lattice_points{1, 49, 25, 11, 7};

/// What is known of the values at some points; of all ranks once they are joined.
struct Sums {
  double integral = 0, measure = 0, least = infinity, greatest = -infinity;

  void add(const Sums& more) {
    integral += more.integral;
    measure += more.measure;
    least = std::isnan(more.least) ? more.least : std::min(least, more.least);
    greatest = std::isnan(more.greatest) ? more.greatest : std::max(greatest, more.greatest);
  }

  double value(QuantityKind kind) const {
    switch (kind) {
      case QuantityKind::integral:
        return integral;
      case QuantityKind::mean:
        return integral / measure;
      case QuantityKind::min:
        return least < infinity ? least : std::numeric_limits<double>::quiet_NaN();
      case QuantityKind::max:
        return greatest > -infinity ? greatest : std::numeric_limits<double>::quiet_NaN();
    }
    return 0;
  }
};

Sums joined(const Communicator& comm, const Sums& own) {
  return {sum(comm, own.integral), sum(comm, own.measure), min(comm, own.least), max(comm, own.greatest)};
}

/// The same rule along each direction of a box that is not fixed. @param fixed value of coordinates
PointSet tensor_points(const Box& core, const std::map<int, double>& fixed, const Quadrature& rule) {
  GridIndex counts;
  counts.fill(1);
  for (int d = 0; d < core.dimension; ++d)
    if (!fixed.contains(d)) counts[d] = std::ssize(rule.node);
  PointSet points;
  for_each_index(counts, [&](const GridIndex& i) {
    Point x{};
    double measure = 1;
    for (int d = 0; d < core.dimension; ++d) {
      const auto found = fixed.find(d);
      x[d] = found != fixed.end() ? found->second : core.lower[d] + core.width(d) * rule.node[i[d]];
      if (found == fixed.end()) measure *= core.width(d) * rule.weight[i[d]];
    }
    points.x.push_back(x);
    points.measure.push_back(measure);
  });
  return points;
}

/// Points for extremes only: their measure is zero.
Quadrature lattice(int directions) {
  const int n = lattice_points[directions];
  Quadrature rule;
  for (int i = 0; i < n; ++i) rule.node.push_back(n > 1 ? static_cast<double>(i) / (n - 1) : 0.5);
  rule.weight.assign(n, 0.0);
  return rule;
}

/// A quantity of one field: of the whole time, or a time slab.
class Measuring {
 public:
  Measuring(const Field& field, const TimeSlab& slab, bool first, const Quantity& quantity)
      : field_(field),
        slab_(slab),
        first_(first),
        quantity_(quantity),
        model_(field.space().model()),
        box_(model_.region.box()) {}

  /// Of this rank's cores.
  PointSet points() const {
    PointSet all;
    const auto fixed = fixed_coordinates();
    if (slab_.direction >= 0)
      if (const auto t = fixed.find(slab_.direction); t != fixed.end() && !slab_.contains(t->second))
        return all;
    if (quantity_.on.empty()) {
      if (fixed.empty()) append(all, interior_quadrature(field_.space()));
      if (!fixed.empty()) add(all, fixed, gauss_legendre(gauss_points), {});
      if (extreme()) add(all, fixed, lattice(model_.dimension() - std::ssize(fixed)), {});
      return all;
    }
    for (const auto& place : boundary_quadrature(field_.space()))
      if (wanted(place.name)) add_place(all, fixed, place);
    return all;
  }

  /// @note Collective.
  Sums over(PointSet points, const StatementGroup& expression) const {
    const auto derivatives = expression.derivatives();
    const auto values = field_.anywhere(points.x, derivatives);
    const auto at = point_group(std::move(points), derivatives, model_.dimension());
    const auto result = residual_values(expression.statements.front(), at, values, field_.unknowns());
    Sums sums;
    for (std::size_t i = 0; i < result.size(); ++i) {
      const double measure = at.points.measure[i];
      sums.add({measure > 0 ? measure * result[i] : 0, measure, result[i], result[i]});
    }
    return sums;
  }

 private:
  bool extreme() const { return quantity_.kind == QuantityKind::min || quantity_.kind == QuantityKind::max; }

  std::map<int, double> fixed_coordinates() const {
    std::map<int, double> fixed;
    std::size_t next = 0;
    for (int d = 0; d < model_.dimension(); ++d) {
      const auto& name = model_.coordinates[d];
      if (quantity_.at_time && name == "t")
        fixed[d] = *quantity_.at_time;
      else if (!quantity_.point.empty())
        fixed[d] = quantity_.point[next++];
      else if (const auto found = quantity_.plane.find(name); found != quantity_.plane.end())
        fixed[d] = found->second;
    }
    return fixed;
  }

  /// Whether a place of this part is one that the quantity is of: not the end of a slab where the next
  /// begins.
  bool wanted(const std::string& place) const {
    const bool named = std::ranges::find(quantity_.on, place) != quantity_.on.end();
    const bool boundary = std::ranges::find(quantity_.on, "boundary") != quantity_.on.end();
    if (slab_.direction >= 0 && place == "t.lower" && !first_) return false;
    if (slab_.direction >= 0 && place == "t.upper" && !slab_.last) return false;
    return named || (boundary && !place.starts_with("t."));
  }

  void add_place(PointSet& all, std::map<int, double> fixed, const BoundaryPlace& place) const {
    const auto face = face_of(place.name);
    if (fixed.empty()) append(all, PointSet(place.points));
    if (face.first < 0) return;
    Point normal{};
    normal[face.first] = face.second ? 1 : -1;
    const bool whole = fixed.empty();
    fixed[face.first] = face.second ? box_.upper[face.first] : box_.lower[face.first];
    if (!whole) add(all, fixed, gauss_legendre(gauss_points), normal);
    if (extreme()) add(all, fixed, lattice(model_.dimension() - std::ssize(fixed)), normal);
  }

  /// The direction of a face of the box and whether it is the upper one; -1 for a shape.
  std::pair<int, bool> face_of(const std::string& place) const {
    for (int d = 0; d < model_.dimension(); ++d)
      for (const bool upper : {false, true})
        if (place == model_.coordinates[d] + (upper ? ".upper" : ".lower")) return {d, upper};
    return {-1, false};
  }

  /// Adds points of the domain in this rank's cores where some coordinates are fixed.
  void add(PointSet& all, const std::map<int, double>& fixed, const Quadrature& rule,
           const std::optional<Point>& normal) const {
    const auto& decomposition = field_.space().decomposition();
    for (int k : field_.space().owned_cores()) {
      const auto& core = decomposition[k].core;
      Point corner = core.lower;
      for (const auto& [d, value] : fixed) corner[d] = value;
      if (!in_core(corner, core, box_)) continue;
      const auto drawn = tensor_points(core, fixed, rule);
      const auto inside = model_.region.contains(drawn.x);
      for (std::size_t i = 0; i < drawn.size(); ++i) {
        if (!inside[i]) continue;
        all.x.push_back(drawn.x[i]);
        all.measure.push_back(drawn.measure[i]);
        if (normal) all.normal.push_back(*normal);
      }
    }
  }

  const Field& field_;
  const TimeSlab& slab_;
  bool first_;  ///< of the slabs
  const Quantity& quantity_;
  const Model& model_;
  const Box& box_;
};

}  // namespace

std::vector<QuantityValue> quantities(const Fields::Parts& parts) {
  std::vector<QuantityValue> result;
  for (const auto& quantity : parts.model.problem.quantities) {
    StatementGroup expression;
    expression.statements.push_back(
        {quantity.name,
         Residual(quantity.expression, residual_scope(parts.model.problem, !quantity.on.empty())),
         {}});
    const auto kind = quantity.point.empty() ? quantity.kind : QuantityKind::mean;
    Sums all;
    auto& found = result.emplace_back(QuantityValue{quantity.name, 0, {}});
    for (std::size_t s = 0; s < parts.slabs.size(); ++s) {
      const auto slab = parts.slab(s);
      const Measuring measuring(parts.slabs[s], slab, s == 0, quantity);
      auto points = collectively(parts.comm, [&] { return measuring.points(); });
      const auto sums = joined(parts.comm, measuring.over(std::move(points), expression));
      found.slabs.push_back(sums.value(kind));
      all.add(sums);
    }
    found.value = all.value(kind);
  }
  return result;
}

std::string quantities_text(const std::vector<QuantityValue>& found, const std::vector<TimeSlab>& slabs) {
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  std::string text = "from,until";
  for (const auto& quantity : found) text += "," + quantity.name;
  for (std::size_t s = 0; s < slabs.size(); ++s) {
    const bool in_time = slabs[s].direction >= 0;
    text += fmt::format("\n{:.9g},{:.9g}", in_time ? slabs[s].lower : none, in_time ? slabs[s].upper : none);
    for (const auto& quantity : found) text += fmt::format(",{:.12g}", quantity.slabs.at(s));
  }
  return text + "\n";
}

}  // namespace ddpinn
