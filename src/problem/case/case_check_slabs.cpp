// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/case/case_keys.hpp"
#include "problem/case/case_parts.hpp"
#include "problem/case/case_tree.hpp"
#include "problem/expression/scope.hpp"
#include "problem/time_slabs.hpp"

#include <algorithm>

namespace ddpinn {
namespace {

bool stands_on(const Condition& condition, const std::string& face) {
  return std::find(condition.on.begin(), condition.on.end(), face) != condition.on.end();
}

bool uses_coordinate(const Expression& expression, int direction) {
  return std::any_of(expression.arguments().begin(), expression.arguments().end(), [&](const auto& argument) {
    return argument.kind == Argument::Kind::coordinate && argument.index == direction;
  });
}

void check_conditions_in_time(const Section& root, const Location& at, const Problem& problem) {
  bool has_start = false;
  for (const auto& condition : problem.conditions) {
    const bool start = stands_on(condition, "t.lower");
    has_start = has_start || start;
    if (stands_on(condition, "t.upper"))
      root.error(condition.at,
                 "a condition on \"t.upper\" with time slabs (what happens last can't be known "
                 "in the slabs before); use time.slabs = 1");
    if (start && !Expression(condition.residual, residual_scope(problem, true)).affine_in_fields())
      root.error(condition.residual.at,
                 "this condition on \"t.lower\" is not linear in the fields (time slabs take over the fields "
                 "in it from the slab before, which must follow from it); write it as u - value, or use "
                 "time.slabs = 1");
  }
  if (!has_start)
    root.error(at,
               "there is no condition on \"t.lower\" (its fields are what one slab takes over from the one "
               "before); add it, or use time.slabs = 1");
}

/// Whether the ends of the slabs ascend from the start to the end.
void check_ends(const Section& time, const Problem& problem, std::size_t direction,
                const std::vector<double>& ends) {
  const double lower = problem.domain.lower[direction], upper = problem.domain.upper[direction];
  if (ends.size() < 2 || ends.front() != lower || ends.back() != upper)
    return time.error(time.at("breakpoints"),
                      "'time.breakpoints' does not go from end to end (time is from " + as_toml(lower) +
                          " to " + as_toml(upper) + "); let the list start and end with these");
  for (std::size_t i = 1; i < ends.size(); ++i)
    if (ends[i] <= ends[i - 1])
      return time.error(time.at("breakpoints", i), "'time.breakpoints' has " + as_toml(ends[i]) + " after " +
                                                       as_toml(ends[i - 1]) +
                                                       " (they must ascend); sort the list");
}

}  // namespace

void check_slabs(const Section& root, const Problem& problem, const Options& options) {
  const auto time = root.section("time");
  const bool graded = time.has("breakpoints");
  if (options.time.slabs == 1 && !graded) return;
  const auto at = time.at(graded ? "breakpoints" : "slabs");
  const int direction = time_direction(problem);
  if (direction < 0)
    return root.error(at, "there is no time (the coordinates are " +
                              listed(problem.domain.coordinates, "and") +
                              "; time has the name t); use time.slabs = 1");
  if (graded) check_ends(time, problem, direction, options.time.breakpoints);
  if (options.time.slabs == 1) return;
  if (problem.domain.periodic[direction])
    return root.error(at, "time is periodic (so it has no start); use time.slabs = 1");
  if (options.decomposition.breakpoints.contains("t"))
    root.error(root.section("decomposition").section("breakpoints").at("t"),
               "'decomposition.breakpoints.t' with time slabs (each slab has a decomposition of its own, "
               "decomposition.subdomains in t); remove it");
  for (const auto& [field, enforcement] : problem.exact_enforcement)
    if (uses_coordinate(Expression(enforcement.factor, coordinate_scope(problem)), direction))
      root.error(enforcement.factor.at,
                 "this factor depends on t (with time slabs, starting values must be conditions on "
                 "\"t.lower\": later slabs have others); write a [[condition]]");
  check_conditions_in_time(root, at, problem);
}

}  // namespace ddpinn
