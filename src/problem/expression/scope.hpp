// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/expression/expression.hpp"

namespace ddpinn {

/// The names in residuals: everything; the value is a number. The name of an interface is a condition:
/// whether a point is inside its shape. @param boundary whether the outward normal is among them (conditions
/// only)
Scope residual_scope(const Problem& problem, bool boundary);

/// The names in the residual of a condition. On interfaces fields, derivatives, definitions and the names of
/// interfaces end with _minus or _plus, for their values on the two sides.
Scope condition_scope(const Problem& problem, const Condition& condition);

/// The names in the density of an energy: as in residuals of equations, or of conditions that stand there.
Scope energy_scope(const Problem& problem, const Energy& energy);

/// Whether the condition stands on an interface.
bool on_interface(const Problem& problem, const Condition& condition);

/// The names in expressions of position (`where`, exact solutions, implicit shapes): coordinates, parameters,
/// and definitions that use no fields or unknowns. @param expected condition for `where`, number for the
/// others
Scope coordinate_scope(const Problem& problem, Value expected = Value::any);

/// The same without the names of interfaces, for lifts and factors: those have one value on both sides.
Scope smooth_scope(const Problem& problem);

/// The names in the implicit shapes of interfaces, which definitions may depend on: coordinates and
/// parameters.
Scope interface_shape_scope(const Problem& problem);

}  // namespace ddpinn
