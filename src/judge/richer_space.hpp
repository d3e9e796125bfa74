// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "space/field.hpp"

#include <ddpinn/options.hpp>

namespace ddpinn {

/// The same networks with more features: products of Legendre polynomials of the next degree above those that
/// the features represent. Of the next two where there is a single subdomain, for the next one alone may have
/// no part in a solution that is symmetric about its middle; and where features are polynomials alone, of
/// which one degree saw a third of the error of some solutions; or where hidden layers are trained, to errors
/// that the next degree has little part in.
/// @param coefficients that count of a network, per field: features that depend on each other, as random ones
/// do, represent no more polynomials than there are of these
Space richer(const Space&, double coefficients);

/// Degrees per direction up to which its networks represent polynomials. @param coefficients as above
std::vector<int> represented_degrees(const Space&, double coefficients);

/// Points at which nothing was solved for, dense enough for these networks.
PointsOptions fresh_points(PointsOptions, const Space& richer);

/// Points per direction of a Gauss rule for squares of the difference between fields of both spaces, to a few
/// percent.
std::vector<int> quadrature_counts(const Space& richer);

/// The same fields in a richer space. @pre it was made from the field's
Field embedded(const Field&, const Space& richer);

}  // namespace ddpinn
