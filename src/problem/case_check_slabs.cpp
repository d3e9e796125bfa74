// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/case_keys.hpp"
#include "problem/case_parts.hpp"
#include "problem/scope.hpp"
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

void check_conditions_in_time(const Section& root, const Problem& problem) {
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
    root.error(root.section("time").at("slabs"),
               "there is no condition on \"t.lower\" (its fields are what one slab takes over from the one "
               "before); add it, or use time.slabs = 1");
}

}  // namespace

void check_slabs(const Section& root, const Problem& problem, const Options& options) {
  if (options.time.slabs == 1) return;
  const auto at = root.section("time").at("slabs");
  const int direction = time_direction(problem);
  if (direction < 0)
    return root.error(at, "there is no time (the coordinates are " +
                              listed(problem.domain.coordinates, "and") +
                              "; time has the name t); use time.slabs = 1");
  if (problem.domain.periodic[static_cast<std::size_t>(direction)])
    return root.error(at, "time is periodic (so it has no start); use time.slabs = 1");
  if (!problem.unknowns.empty())
    root.error(at, "there are [unknowns] (which all times must tell together); use time.slabs = 1");
  if (options.decomposition.breakpoints.contains("t"))
    root.error(root.section("decomposition").section("breakpoints").at("t"),
               "'decomposition.breakpoints.t' with time slabs (each slab has a decomposition of its own, "
               "decomposition.subdomains in t); remove it");
  for (const auto& [field, enforcement] : problem.exact_enforcement)
    if (uses_coordinate(Expression(enforcement.factor, coordinate_scope(problem)), direction))
      root.error(enforcement.factor.at,
                 "this factor depends on t (with time slabs, starting values must be conditions on "
                 "\"t.lower\": later slabs have others); write a [[condition]]");
  check_conditions_in_time(root, problem);
}

}  // namespace ddpinn
