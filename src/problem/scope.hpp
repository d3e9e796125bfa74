// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/expression.hpp"

namespace ddpinn {

/// The names in residuals: everything; the value is a number. @param boundary whether the outward normal is
/// among them (conditions only)
Scope residual_scope(const Problem& problem, bool boundary);

/// The names in expressions of position (`where`, lifts, factors, exact solutions, implicit shapes):
/// coordinates, parameters, and definitions that use no fields or unknowns. @param expected condition for
/// `where`, number for the others
Scope coordinate_scope(const Problem& problem, Value expected = Value::any);

}  // namespace ddpinn
