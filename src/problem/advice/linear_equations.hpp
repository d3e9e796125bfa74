// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/advice/symbol.hpp"
#include "problem/model.hpp"

#include <span>
#include <vector>

namespace ddpinn {

/// Equations and fields that have to do with each other.
struct EquationBlock {
  std::vector<const Statement*> equations;
  std::vector<int> fields;

  bool has(int field) const;
  /// Whether the statement contains one of the fields.
  bool is_in(const Statement&) const;
};

/// The equations of a problem by blocks, which share no field.
std::vector<EquationBlock> blocks(const Model&);

/// Arbitrary fields, about which nonlinear equations are linearised.
inline constexpr int states = 3;

/// The equations of a block that hold at a point, linearised about each of the states: as many as it has
/// fields, all coefficients finite. Empty where that is not so.
using LinearSystems = std::vector<LinearSystem>;

/// @returns by point @note An evaluation costs what the equations' length asks for, hardly more for many
/// points: all of a line are taken together.
std::vector<LinearSystems> linearised(const Model&, const EquationBlock&, std::span<const Point>);

/// The derivative of a residual with respect to its derivatives of fields. @param state which fields
/// @returns for each argument that is a field, by point
std::vector<std::vector<Term>> slopes(const Model&, const Statement&, std::span<const Point>, int state);

}  // namespace ddpinn
