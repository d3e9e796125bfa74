// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/rows.hpp"

#include <functional>
#include <vector>

namespace ddpinn {

/// Values of all fields at points of this rank, a column per field. Every rank asks at the same time, each
/// for its own points.
using FieldsAt = std::function<FieldValues(const std::vector<Point>&)>;

/// Points in the box of one subdomain, each with the subdomain alone that covers it.
struct FitPoints {
  std::vector<Point> x;
  std::vector<Cover> cover;
};

/// Gauss points all over the part of subdomain k's box that its network lives in: at least twice as many as
/// features, and per direction more than the highest degree of its polynomials.
FitPoints fit_points(const Model&, const Decomposition&, int k, const NetworkShape&);

/// Output coefficients with which the network of subdomain k, alone and without window, is about the given
/// fields: features by fields. What the features resolve beyond a millionth is left, since a fit to rounding
/// would swing between the points.
/// @param fields values at the points, a column per field
Matrix fit_network(const Model&, const Decomposition&, const FeatureNetwork&, int k, const FitPoints&,
                   const FieldValues& fields);

}  // namespace ddpinn
