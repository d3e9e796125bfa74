// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "grid/grid_time.hpp"

namespace ddpinn {

namespace {

TimeDifference& at(TimeDifferences& all, InTime kind) { return all[kind]; }

}  // namespace

TimeDifferences no_time_differences() {
  TimeDifferences result;
  at(result, InTime::value).now = 1;
  return result;
}

TimeDifferences velocity_differences() {
  TimeDifferences result;
  at(result, InTime::value).past = {1};
  at(result, InTime::first).now = 1;
  at(result, InTime::velocity).now = 1;
  return result;
}

TimeDifferences time_differences(int level, double step) {
  auto result = no_time_differences();
  const double h = step, h2 = step * step;
  if (level == 1) {
    at(result, InTime::first) = {1 / h, {-1 / h}, 0};
    at(result, InTime::velocity) = {2 / h, {-2 / h}, -1};
    at(result, InTime::second) = {2 / h2, {-2 / h2}, -2 / h};
    return result;
  }
  at(result, InTime::first) = {1.5 / h, {-2 / h, 0.5 / h}, 0};
  at(result, InTime::velocity) = at(result, InTime::first);
  at(result, InTime::second) = {2 / h2, {-5 / h2, 4 / h2, -1 / h2}, 0};
  // The cubic with u(0), u'(0), u(h), u(2h): its second derivative at 2h.
  if (level == 2) at(result, InTime::second) = {2.5 / h2, {-8 / h2, 5.5 / h2}, 3 / h};
  return result;
}

}  // namespace ddpinn
