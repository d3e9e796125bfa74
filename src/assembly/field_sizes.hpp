// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/rows.hpp"

#include <vector>

namespace ddpinn {

/// Sizes of the fields that the statements suppose, before anything is solved: whole powers of ten, by which
/// rows are weighted (row_weights.hpp). Every statement, linearised where all networks are zero, has an
/// amount |r| and a slope for each of its fields,
///     g_f = max over points and derivatives of |dr/d(d^alpha f)| (3/L)^alpha,  L the widths of the domain:
/// as of half a wave over it.
/// A field alone in a statement with an amount has the size |r| / g_f, the largest of all such statements; an
/// exact enforcement gives that of its lift. Then, statement by statement, a field that is not known yet gets
/// the size at which its term balances the largest one that is; statements with the fewest unknown fields
/// come first. Fields that nothing is known of are as large as the largest one.
///
/// Sizes that the case gives are taken as they are.
///
/// Multiplying a field, a statement or a coordinate by 10^k multiplies the sizes and changes nothing else.
/// @note Collective.
std::vector<double> supposed_sizes(const Rows&);

/// Sizes of the fields of a solution: how far each varies over the points of the equations, as whole powers
/// of ten. A constant offset is no size: a pressure of 1e5 that varies by 1 varies by 1.
/// Fields below 1e-8 of what was supposed, which are zero but for what a solve leaves, and those whose size
/// the case gives, keep the supposed sizes. @note Collective.
std::vector<double> sizes_of(const Field&, const Rows&, std::vector<double> supposed);

/// The L2 norm that a field's errors are relative to: its own, or, of a field below 1e-7 of the size that is
/// supposed, which is zero but for what a solve leaves, that of the supposed size.
/// @param measure of the domain of the norm
double counting_norm(double norm, double supposed, double measure);

/// Whether rows that were weighted by the former sizes are weighted wrongly with respect to each other.
bool differ_much(const std::vector<double>& former, const std::vector<double>& sizes);

}  // namespace ddpinn
