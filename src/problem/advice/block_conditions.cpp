// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/advice/block_conditions.hpp"

#include "problem/advice/boundary.hpp"

#include <algorithm>
#include <cmath>

namespace ddpinn {

namespace {

/// From how many points on a condition counts for all directions: many stand for a face or a line.
constexpr std::size_t many_points = 8;

/// The order of a system along a direction, and the coefficient of that order in its symbol.
struct Leading {
  int order = 0;
  std::complex<double> coefficient;
};

Leading leading(const LinearSystem& system, const Box& box, int direction) {
  Wave wave;
  for (int d = 0; d < box.dimension; ++d) wave.tangent[d] = {0, (10 + 3 * d) / box.width(d)};
  wave.tangent[direction] = 0;
  wave.normal[direction] = 1 / box.width(direction);
  const auto polynomial = symbol(system, wave);
  if (polynomial.empty()) return {};
  const int order = polynomial.size() - 1;
  return {order, polynomial.back()};
}

/// The same of all systems, which differ in the fields about which they are linearised; none where these
/// matter.
std::optional<Leading> common_leading(const LinearSystems& systems, const Box& box, int direction) {
  std::optional<Leading> common;
  for (const auto& system : systems) {
    const auto next = leading(system, box, direction);
    if (next.order == 0) return {};
    if (common && std::abs(next.coefficient - common->coefficient) > 1e-9 * std::abs(next.coefficient))
      return {};
    common = next;
  }
  return common;
}

}  // namespace

BlockConditions::BlockConditions(const Model& model, const EquationBlock& block)
    : model_(model), block_(block), box_(model.region.box()) {
  const auto time = std::ranges::find(model.coordinates, "t") - model.coordinates.begin();
  if (time < model.dimension() && !model.region.periodic(time)) time_ = time;
  for (int d = 0; d < model.dimension(); ++d) width_[d] = box_.width(d);
}

/// The equations at points along the direction through x, its ends the first and the last of them.
std::vector<LinearSystems> BlockConditions::along(int direction, const Point& x) const {
  std::vector<Point> line(1, on_face(x, {direction, false}, box_));
  for (double part : {0.27, 0.51, 0.83}) {
    auto& at = line.emplace_back(x);
    at[direction] = box_.lower[direction] + part * box_.width(direction);
  }
  line.push_back(on_face(x, {direction, true}, box_));
  return linearised(model_, block_, line);
}

/// Order along a line; none where it changes on the way or with the fields, or where its coefficient vanishes
/// somewhere or changes its sign.
std::optional<int> BlockConditions::order_along(int direction, const std::vector<LinearSystems>& line) const {
  std::optional<Leading> first;
  for (const auto& systems : line) {
    const auto here = common_leading(systems, box_, direction);
    if (!here) return {};
    if (!first) first = here;
    const auto ratio = here->coefficient / first->coefficient;
    if (here->order != first->order || ratio.real() < 1e-5 || ratio.real() > 1e5) return {};
  }
  return first->order;
}

std::optional<int> BlockConditions::incoming_at(const LinearSystems& systems, const Point& inward) const {
  std::optional<int> least;
  for (const auto& system : systems) {
    const auto count = incoming(system, inward, width_, model_.dimension(), time_);
    if (!count) return {};
    least = std::min(*count, least.value_or(*count));
  }
  return least;
}

template <class Place>
int BlockConditions::conditions_at(Place place, const Point& x) const {
  int found = 0;
  for (const auto& group : model_.groups)
    if (!group.interior && !group.is_data() && stands_at(group, place, x))
      found += std::ranges::count_if(group.statements, [&](const auto& s) { return block_.is_in(s); });
  return found;
}

int BlockConditions::enforced_at(const Point& x, int direction) const {
  int found = 0;
  for (int field : block_.fields) found += zeros(model_, field, x, direction);
  return found;
}

/// Conditions at points: in one dimension each, elsewhere those of many points.
int BlockConditions::at_points() const {
  int found = 0;
  for (const auto& group : model_.groups)
    for (const auto& statement : group.statements)
      if (!group.is_data() && block_.is_in(statement) && !group.points.empty())
        found += model_.dimension() == 1              ? std::ssize(group.points)
                 : group.points.size() >= many_points ? states * max_order
                                                      : 0;
  return found;
}

/// Whether the factor of an enforced field vanishes within the line through a point.
bool BlockConditions::is_enforced_inside(int direction, Point x) const {
  constexpr int nodes = 101;
  std::vector<Point> line;
  for (int i = 1; i + 1 < nodes; ++i) {
    x[direction] = box_.lower[direction] + box_.width(direction) * i / (nodes - 1);
    line.push_back(x);
  }
  return std::ranges::any_of(block_.fields, [&](int field) {
    if (!model_.enforcement[field]) return false;
    const auto [least, most] = std::ranges::minmax(model_.enforcement[field]->factor.at(line));
    return least <= 0 && most >= 0;
  });
}

/// Where it is not decided what each end needs, the order says what both need together.
std::optional<LineCount> BlockConditions::on_line(int direction, const Point& x) const {
  const auto equations = along(direction, x);
  const auto order = order_along(direction, equations);
  if (!order) return {};
  LineCount line{{*order, at_points()}, {}};
  bool decided = direction != time_;
  if (is_enforced_inside(direction, x)) line.all.found += max_order;
  for (bool upper : {false, true}) {
    const Face face{direction, upper};
    const auto end = on_face(x, face, box_);
    if (!model_.region.contains(std::span(&end, 1))[0]) continue;
    auto& here = line.ends[upper];
    here.found = conditions_at(face, end) + enforced_at(end, direction);
    line.all.found += here.found;
    Point inward{};
    inward[direction] = upper ? -1 : 1;
    const auto needed =
        decided ? incoming_at(upper ? equations.back() : equations.front(), inward) : std::nullopt;
    decided = decided && needed;
    here.needed = needed.value_or(0);
  }
  if (decided) {
    line.all.needed = line.ends[0].needed + line.ends[1].needed;
    return line;
  }
  if (direction != time_ && model_.region.shapes() > 0) return {};
  line.ends[0].needed = *order;
  line.ends[1].needed = direction == time_ ? 0 : *order;
  return line;
}

std::optional<ConditionCount> BlockConditions::on_surface(std::size_t shape, const Point& x,
                                                          const Point& normal) const {
  if (time_ >= 0 && std::abs(normal[time_]) > 1e-6) return {};
  const bool interface = model_.region.shape(shape).use == Shape::Use::interface;
  ConditionCount result{0, conditions_at(shape, x)};
  const int along =
      std::ranges::max_element(normal, {}, [](double n) { return std::abs(n); }) - normal.begin();
  result.found += enforced_at(x, along);
  for (const double side : {-1.0, 1.0}) {
    if (side > 0 && !interface) break;
    Point inward = normal, beside = x;
    for (int d = 0; d < model_.dimension(); ++d) {
      inward[d] *= side;
      beside[d] += model_.region.probe_step() * inward[d];
    }
    if (!model_.region.contains(std::span(&beside, 1))[0]) return {};
    const auto needed = incoming_at(linearised(model_, block_, std::span(&beside, 1)).front(), inward);
    if (!needed) return {};
    result.needed += *needed;
  }
  return result;
}

}  // namespace ddpinn
