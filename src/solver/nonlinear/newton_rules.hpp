// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

namespace ddpinn {

// What all Newton and Gauss-Newton iterations have in common, whatever they solve for.

/// Steps before which the rows are weighted anew: the linearisation at the start can be far from typical (a
/// convective term vanishes where the velocity does). Later the objective has to stay what it is.
inline constexpr int reweighted_steps = 4;

/// What became of a step of some length.
enum class Trial { taken, too_long, stopped };

/// Tries the steps 1, 1/2, 1/4, ... down to `shortest` until one is taken. @returns whether one was
/// @param attempt tries a length, and leaves things as they were unless it takes it
template <class Attempt>
bool search_line(double shortest, Attempt&& attempt) {
  for (double length = 1; length > shortest; length /= 2)
    if (const Trial result = attempt(length); result != Trial::too_long) return result == Trial::taken;
  return false;
}

/// Armijo's condition on a sum of squares. @param promised what the linear model says that the full step
/// takes from it
inline bool decreases_enough(double before, double after, double length, double promised) {
  constexpr double slope = 1e-4;
  return after <= before - slope * length * promised;
}

}  // namespace ddpinn
