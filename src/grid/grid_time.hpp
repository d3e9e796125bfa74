// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <array>
#include <vector>

namespace ddpinn {

/// What the derivatives in time of a field are made of at a level.
enum class InTime {
  value,     ///< the field itself
  first,     ///< u_t of a field of first order in time
  velocity,  ///< u_t of a field of second order in time, whose initial u_t is known
  second,    ///< u_tt
  none       ///< number of kinds
};
inline constexpr auto time_kinds = static_cast<std::size_t>(InTime::none);

/// A derivative in time as a sum over this level, those before it, and the initial velocity.
struct TimeDifference {
  double now = 0;
  std::vector<double> past = {};  ///< of the level before, the one before that, ...
  double start = 0;               ///< of u_t at the first level
};
struct TimeDifferences : std::array<TimeDifference, time_kinds> {
  using array::operator[];
  TimeDifference& operator[](InTime kind) { return at(static_cast<std::size_t>(kind)); }
  const TimeDifference& operator[](InTime kind) const { return at(static_cast<std::size_t>(kind)); }
};

/// Backward differences of second order at a level >= 1. First derivatives: one step of the first-order
/// difference, which costs no order, then three levels (BDF2). Second derivatives: four levels (J. C.
/// Houbolt, J. Aeronaut. Sci. 17 (1950)); before there are four, the polynomial through the levels and the
/// initial velocity. @param step distance of levels
TimeDifferences time_differences(int level, double step);

/// At the first level, and where there is no time: values only.
TimeDifferences no_time_differences();

/// For the initial velocity as unknown, of a field known at the first level.
TimeDifferences velocity_differences();

}  // namespace ddpinn
