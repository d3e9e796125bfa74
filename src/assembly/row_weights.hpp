// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/part_sizes.hpp"

#include <vector>

namespace ddpinn {

/// Weights of one statement's rows, by point. A number in the case file is taken as it is. The automatic
/// weight of a statement in a core is 1 / max |J_i| over its points there, where
///     |J_i|^2 = sum over fields and derivatives of (dr_i / d(d^alpha u) * s_u)^2 * prod_d h_d^(-2 alpha_d)
/// is the norm of the row with respect to functions that vary by the sizes s of their fields, relative to the
/// largest one or as first-order laws have them (part_sizes.hpp), over the core (h_d: its widths). An
/// equation of order m is so scaled by h^m and its coefficients, a condition by h^(its order): all rows have
/// comparable size. Conditions are then multiplied by 100. In either case a row counts by the root of its
/// point's measure (relative to the mean over the core, on surfaces with lengths in units of the core's
/// widths), so that the sum of squares is the integral of the squared residual.
///
/// Observations of a field u with a standard deviation d have the weight 0.01 e / d, e the smallest d / s_u
/// of all data sets: what is known to have errors must give way to what holds. A network that could follow
/// the errors would bias the unknowns; at this weight the gain from following them is 1e-4 of what the
/// equations lose. Where equations overrule the data, they count more (data_emphasis.hpp). Observations
/// without one are conditions.
/// @param least e (see smallest_deviation), times what they count more
std::vector<double> row_weights(const Statement&, const PointGroup&, const GroupBasis::Linearised&,
                                const Space&, const PartSizes&, double least);

/// The smallest standard deviation of all data sets, each relative to the size of its field; 0 where none has
/// any.
double smallest_deviation(const Model&, const NetworkFamily&);
/// Where all fields are of one size.
double smallest_deviation(const Problem&);

/// How much more conditions count than equations: an error in a condition is an error of the solution at
/// once, while the inverse of the equation smooths its residual. Measured on Laplace, Helmholtz and Poisson
/// problems in two and three dimensions: against 1, errors are 5 to 50 times smaller at 100, and hardly
/// change from 30 to 1000.
inline constexpr double condition_emphasis = 100;

/// The measure of a point of a surface where lengths are in units of the core's widths, times the core's
/// volume: faces of different directions could not be compared in units of coordinates, which are free. That
/// of a point by itself is the core's volume.
double measure_in_core(const PointGroup&, std::size_t i, const Box& core);

/// Weight of an observation of a field, as above. @param deviation empty: it is a condition
double observation_weight(const std::optional<double>& deviation, double least);

/// Automatic weights of rows that are given by their derivatives with respect to fields and their derivatives
/// alone, as above, multiplied by 100 where `condition`.
std::vector<double> automatic_weights(const PointGroup&, const GroupBasis::Linearised&, const Decomposition&,
                                      const PartSizes&, bool condition);

}  // namespace ddpinn
