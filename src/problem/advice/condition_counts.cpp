// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/advice/condition_counts.hpp"

#include "problem/advice/boundary.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <optional>

namespace ddpinn {

namespace {

/// From how many points on a condition counts for all directions: many stand for a face or a line.
constexpr std::size_t many_points = 8;

constexpr int samples = 10;

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
  return {static_cast<int>(polynomial.size()) - 1, polynomial.back()};
}

/// What is needed, and what is there.
struct Count {
  int needed = 0, found = 0;
  bool lacks() const { return found < needed; }
};

/// The conditions of one block of equations.
class BlockConditions {
 public:
  BlockConditions(const Model& model, const Block& block)
      : model_(model), block_(block), box_(model.region.box()) {
    const auto time = std::ranges::find(model.coordinates, "t") - model.coordinates.begin();
    if (time < model.dimension() && !model.region.periodic(time)) time_ = time;
    for (int d = 0; d < model.dimension(); ++d) width_[d] = box_.width(d);
  }

  std::vector<std::string> warnings() const {
    std::vector<std::string> all;
    if (block_.equations.empty() || block_.fields.size() > 8) return all;
    for (int d = 0; d < model_.dimension(); ++d)
      if (!model_.region.periodic(d)) add_faces(d, all);
    for (std::size_t i = 0; i < model_.region.shapes(); ++i) add_surface(i, all);
    return all;
  }

 private:
  using Systems = std::vector<LinearSystem>;

  /// Order along the direction through a point; none where it changes on the way or with the fields, or
  /// where its coefficient vanishes somewhere or changes its sign.
  std::optional<int> order_along(int direction, const Point& x) const {
    std::optional<Leading> first;
    for (double part : {0.0, 0.27, 0.51, 0.83, 1.0}) {
      Point at = x;
      at[direction] = box_.lower[direction] + part * box_.width(direction);
      const auto systems = linearised(model_, block_, at);
      if (systems.empty()) return {};
      std::optional<Leading> here;
      for (const auto& system : systems) {
        const auto next = leading(system, box_, direction);
        if (next.order == 0) return {};
        if (here && std::abs(next.coefficient - here->coefficient) > 1e-9 * std::abs(next.coefficient))
          return {};
        here = next;
      }
      if (!first) first = here;
      const auto ratio = here->coefficient / first->coefficient;
      if (here->order != first->order || ratio.real() < 1e-5 || ratio.real() > 1e5) return {};
    }
    return first->order;
  }

  std::optional<int> incoming_at(const Point& x, const Point& inward) const {
    std::optional<int> least;
    for (const auto& system : linearised(model_, block_, x)) {
      const auto count = incoming(system, inward, width_, model_.dimension(), time_);
      if (!count) return {};
      least = std::min(*count, least.value_or(*count));
    }
    return least;
  }

  template <class Place>
  int conditions_at(Place place, const Point& x) const {
    int found = 0;
    for (const auto& group : model_.groups)
      if (!group.interior && !group.is_data() && stands_at(group, place, x))
        found += std::ranges::count_if(group.statements, [&](const auto& s) { return block_.is_in(s); });
    return found;
  }

  int enforced_at(const Point& x, int direction) const {
    int found = 0;
    for (int field : block_.fields) found += zeros(model_, field, x, direction);
    return found;
  }

  /// Conditions at points: in one dimension each, elsewhere those of many points.
  int at_points() const {
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
  bool is_enforced_inside(int direction, Point x) const {
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

  int found_on(Face face, const Point& x) const {
    return conditions_at(face, x) + enforced_at(x, face.direction);
  }

  /// On the two faces of a direction, at the ends of the line through a point.
  std::optional<Count> count(int direction, const Point& x, std::array<Count, 2>& ends) const {
    const auto order = order_along(direction, x);
    if (!order) return {};
    Count all{*order, at_points()};
    bool decided = direction != time_;
    if (is_enforced_inside(direction, x)) all.found += max_order;
    for (bool upper : {false, true}) {
      const Face face{direction, upper};
      const auto end = on_face(x, face, box_);
      auto& here = ends[upper];
      here = {};
      if (!model_.region.contains(std::span(&end, 1))[0]) continue;
      here.found = found_on(face, end);
      all.found += here.found;
      Point inward{};
      inward[direction] = upper ? -1 : 1;
      const auto needed = decided ? incoming_at(end, inward) : std::nullopt;
      decided = decided && needed;
      here.needed = needed.value_or(0);
    }
    if (decided) all.needed = ends[0].needed + ends[1].needed;
    if (!decided) ends[0].needed = *order, ends[1].needed = direction == time_ ? 0 : *order;
    if (!decided && direction != time_ && model_.region.shapes() > 0) return {};
    return all;
  }

  void add_faces(int direction, std::vector<std::string>& all) const {
    int lacking = 0, counted = 0;
    Count worst;
    std::array<Count, 2> ends, worst_ends;
    for (const auto& x : scattered(box_, model_.dimension() == 1 ? 1 : samples)) {
      const auto there = count(direction, x, ends);
      if (!there) continue;
      ++counted;
      if (!there->lacks()) continue;
      ++lacking;
      worst = *there;
      worst_ends = ends;
    }
    if (counted == 0 || lacking < std::max(1, counted / 4)) return;
    std::vector<std::string> names;
    for (bool upper : {false, true})
      if (worst_ends[upper].lacks()) names.push_back(name_of(model_, {direction, upper}));
    const auto part = lacking == counted ? "" : "a part of ";
    const auto [lower, upper] =
        std::pair(name_of(model_, {direction, false}), name_of(model_, {direction, true}));
    const bool start = direction == time_ && !worst_ends[1].lacks();
    all.push_back(
        message(fmt::format("{}{}", part, fmt::join(names, " or ")),
                start ? "on " + lower : fmt::format("on {} and {} together", lower, upper), worst,
                start ? "give as many starting values there, first fields, then their derivatives in t"
                      : "add conditions there, on values or normal derivatives"));
  }

  /// The surface of a shape, or both sides of an interface. Moving surfaces are left out.
  void add_surface(std::size_t shape, std::vector<std::string>& all) const {
    const bool interface = model_.region.shape(shape).use == Shape::Use::interface;
    const auto surface = sample_surface(model_.region, shape, box_, 4, 0);
    int lacking = 0, counted = 0;
    Count worst;
    const auto step = surface.size() > samples ? surface.size() / samples : 1;
    for (std::size_t i = 0; i < surface.size(); i += step) {
      const auto there = surface_count(shape, surface.x[i], surface.normal[i], interface);
      if (!there) continue;
      ++counted;
      if (!there->lacks()) continue;
      ++lacking;
      worst = *there;
    }
    if (counted == 0 || lacking < std::max(1, counted / 4)) return;
    all.push_back(message(fmt::format("{}the surface of '{}'", lacking == counted ? "" : "a part of ",
                                      model_.region.shape(shape).name),
                          "there", worst,
                          interface ? "add conditions that couple its sides, on values or fluxes"
                                    : "add conditions there, on values or normal derivatives"));
  }

  std::optional<Count> surface_count(std::size_t shape, const Point& x, const Point& normal,
                                     bool interface) const {
    if (time_ >= 0 && std::abs(normal[time_]) > 1e-6) return {};
    Count result{0, conditions_at(shape, x)};
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
      const auto needed = incoming_at(beside, inward);
      if (!needed) return {};
      result.needed += *needed;
    }
    return result;
  }

  /// @param place where conditions are missing @param where "x.lower and x.upper together"
  std::string message(const std::string& place, const std::string& where, const Count& count,
                      const std::string& remedy) const {
    std::vector<std::string> fields, equations;
    for (int f : block_.fields) fields.push_back(model_.fields[f]);
    for (const auto* equation : block_.equations) equations.push_back("'" + equation->name + "'");
    return fmt::format(
        "{}{} has too few conditions on {} ({} need{} {} {}, and {} {} there: the solution is not unique); "
        "{}",
        prefix(block_.equations.front()->at), place, fmt::join(fields, ", "), fmt::join(equations, ", "),
        equations.size() == 1 ? "s" : "", count.needed, where, count.found, count.found == 1 ? "is" : "are",
        remedy);
  }

  const Model& model_;
  const Block& block_;
  const Box& box_;
  Point width_{};
  int time_ = -1;
};

}  // namespace

std::vector<std::string> missing_conditions(const Model& model) {
  if (std::ranges::any_of(model.groups, &StatementGroup::is_data)) return {};
  std::vector<std::string> all;
  for (const auto& block : blocks(model)) {
    const auto more = BlockConditions(model, block).warnings();
    all.insert(all.end(), more.begin(), more.end());
  }
  return all;
}

}  // namespace ddpinn
