// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/time_slabs.hpp"

#include "problem/expression/scope.hpp"
#include "problem/residual.hpp"

#include <algorithm>

namespace ddpinn {

namespace {

const std::string start = "t.lower";

std::string name_of(const Derivative& derivative, const Problem& problem) {
  std::string letters;
  for (std::size_t d = 0; d < problem.domain.coordinates.size(); ++d)
    letters += std::string(derivative.alpha[d], problem.domain.coordinates[d][0]);
  const auto& field = problem.fields[derivative.field];
  return letters.empty() ? field : field + "_" + letters;
}

/// Conditions of the case that are left without start, points or both.
void restrict_conditions(Problem& problem, const TimeSlab& slab, bool first) {
  const std::size_t t = slab.direction;
  for (auto& condition : problem.conditions) {
    if (!first) std::erase(condition.on, start);
    std::erase_if(condition.points, [&](const auto& x) { return !slab.contains(x[t]); });
  }
  std::erase_if(problem.conditions,
                [](const auto& condition) { return condition.on.empty() && condition.points.empty(); });
}

void restrict_data(DataSet& data, const TimeSlab& slab) {
  const auto all = std::exchange(data.points, {});
  std::vector<std::size_t> kept;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (slab.contains(all[i][slab.direction])) kept.push_back(i);
  for (auto i : kept) data.points.push_back(all[i]);
  for (auto& [field, values] : data.observed) {
    const auto before = std::exchange(values, {});
    for (auto i : kept) values.push_back(before[i]);
  }
}

/// Names that no user can give begin with an underscore. @param place among the conditions
void add_continuity(Problem& problem, const std::vector<Derivative>& traces, std::ptrdiff_t place) {
  std::vector<std::string> given;
  for (std::size_t i = 0; i < traces.size(); ++i) given.push_back("_trace_" + std::to_string(i));
  for (std::size_t i = 0; i < traces.size(); ++i) {
    const auto name = name_of(traces[i], problem);
    Condition condition;
    condition.name = "continuity_" + name;
    condition.on = {start};
    condition.residual.value = name + " - " + given[i];
    condition.given = given;
    problem.conditions.insert(problem.conditions.begin() + place++, condition);
  }
}

bool stands_on(const Condition& condition, const std::string& face) {
  return std::ranges::find(condition.on, face) != condition.on.end();
}

/// Where the continuity of later slabs stands among their conditions: in place of the first condition at the
/// start. The rows of slabs that differ in nothing else are then in one order, the first slab's included.
std::ptrdiff_t place_of_start(const std::vector<Condition>& conditions) {
  std::ptrdiff_t place = 0;
  for (const auto& condition : conditions) {
    const bool is_start = stands_on(condition, start);
    if (!is_start || condition.on.size() > 1 || !condition.points.empty()) ++place;
    if (is_start) break;
  }
  return place;
}

bool uses(const Expression& expression, int direction) {
  return std::ranges::any_of(expression.arguments(), [&](const auto& argument) {
    return argument.kind == Argument::Kind::coordinate && argument.index == direction;
  });
}

}  // namespace

bool can_march(const Problem& problem) {
  const int t = time_direction(problem);
  if (t < 0 || problem.domain.periodic[t]) return false;
  const auto fixes_start = [&](const auto& entry) {
    return uses(Expression(entry.second.factor, coordinate_scope(problem)), t);
  };
  const auto is_linear_start = [&](const Condition& condition) {
    return stands_on(condition, start) && !condition.function &&
           Expression(condition.residual, residual_scope(problem, true)).affine_in_fields();
  };
  const auto is_start = [&](const Condition& condition) { return stands_on(condition, start); };
  return std::ranges::none_of(problem.exact_enforcement, fixes_start) &&
         std::ranges::none_of(problem.conditions,
                              [](const Condition& c) { return stands_on(c, "t.upper"); }) &&
         std::ranges::any_of(problem.conditions, is_start) &&
         std::ranges::count_if(problem.conditions, is_start) ==
             std::ranges::count_if(problem.conditions, is_linear_start);
}

int time_direction(const Problem& problem) {
  const auto& names = problem.domain.coordinates;
  const auto found = std::ranges::find(names, "t");
  return found == names.end() ? -1 : static_cast<int>(found - names.begin());
}

TimeSlab time_slab(const Problem& problem, const TimeOptions& time, int slab) {
  const int slabs = time.slabs;
  if (slabs == 1) return {};
  const int direction = time_direction(problem);
  const std::size_t d = direction;
  const double lower = problem.domain.lower[d], upper = problem.domain.upper[d];
  const auto end = [&](int i) {
    if (!time.breakpoints.empty()) return time.breakpoints[i];
    return i == slabs ? upper : lower + (upper - lower) * i / slabs;
  };
  return {direction, end(slab), end(slab + 1), slab + 1 == slabs};
}

std::vector<Derivative> continued(const Problem& problem) {
  std::vector<Derivative> result;
  for (const auto& condition : problem.conditions) {
    if (std::ranges::find(condition.on, start) == condition.on.end()) continue;
    const Residual residual(condition, residual_scope(problem, true));
    for (const auto& argument : residual.arguments())
      if (argument.kind == Argument::Kind::field &&
          std::ranges::find(result, argument.derivative) == result.end())
        result.push_back(argument.derivative);
  }
  return result;
}

Problem slab_problem(const Problem& problem, const TimeOptions& time, int slab) {
  if (time.slabs == 1) return problem;
  const auto part = time_slab(problem, time, slab);
  const std::size_t d = part.direction;
  auto result = problem;
  result.domain.lower[d] = part.lower;
  result.domain.upper[d] = part.upper;
  restrict_conditions(result, part, slab == 0);
  for (auto& data : result.data) restrict_data(data, part);
  if (slab > 0)
    add_continuity(result, continued(problem),
                   std::min(place_of_start(problem.conditions), std::ssize(result.conditions)));
  return result;
}

}  // namespace ddpinn
