// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/expression/expression.hpp"

#include <ddpinn/options.hpp>
#include <ddpinn/problem.hpp>

#include <vector>

namespace ddpinn {

/// One part of the time interval: [lower, upper), the last one closed.
struct TimeSlab {
  int direction = -1;  ///< of t; -1 where all times are solved for at once
  double lower = 0;
  double upper = 0;
  bool last = true;

  bool contains(double t) const { return direction < 0 || (t >= lower && (t < upper || last)); }
};

/// Direction of the coordinate t, or -1.
int time_direction(const Problem&);

/// Whether the problem can be solved in time slabs, one after the other: time has a start with conditions
/// that are linear in the fields, none at its end, and no factor of exact enforcement depends on it.
bool can_march(const Problem&);

TimeSlab time_slab(const Problem&, const TimeOptions&, int slab);

/// What later slabs take over from the one before at their lower end: the fields and derivatives that the
/// conditions on t.lower speak of, each once.
std::vector<Derivative> continued(const Problem&);

/// The problem of one slab: its part of the domain, and of the points of conditions and data. On the lower
/// end of later slabs, conditions of continuity stand instead of those of the case: one for each of
/// `continued`, with the values as given columns in that order.
Problem slab_problem(const Problem&, const TimeOptions&, int slab);

}  // namespace ddpinn
