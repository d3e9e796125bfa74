// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "judge/resolution.hpp"
#include "plan/refinement.hpp"
#include "solver/nonlinear/network_fit.hpp"

#include <ddpinn/solve.hpp>

#include <limits>
#include <string>

namespace ddpinn {

/// One level of refinement that was solved, and what is known of its errors.
struct Level {
  static constexpr double unknown = std::numeric_limits<double>::infinity();

  Numerics numerics;
  Solved solved;
  Resolution resolution = {};
  double unresolved = 0;      ///< share of a field that the last coefficients have
  double change = unknown;    ///< of the field that changed most since the level before, relative
  double estimate = unknown;  ///< Result::estimates, of the worst field
  double error = unknown;     ///< all in all, of the worst field or unknown, relative
  std::string worst = {};     ///< the name of that
  double seconds = 0;
};

/// The fields of a solution anywhere in the domain; the solution has to live as long.
FieldsAt fields_of(Solved&);

/// Fills what is known of the errors of a level that was solved. @param before null for the first
/// @note Collective.
void measure(Level&, Level* before);

}  // namespace ddpinn
