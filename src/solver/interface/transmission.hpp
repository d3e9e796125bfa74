// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "space/space.hpp"

#include <ddpinn/options.hpp>
#include <ddpinn/problem.hpp>

#include <array>
#include <vector>

namespace ddpinn {

/// Transmission condition of one field on a face with outward normal n: value * u + normal * (n . grad u) is
/// what its neighbours have there.
struct TraceCondition {
  int field = 0;
  double value = 1;
  double normal = 0;
};

/// Which traces the equations of a case need on the faces of a subdomain.
struct TransmissionRule {
  InterfaceOptions options;
  int time = -1;  ///< direction of time; -1: none
  std::vector<std::array<int, max_dimension>>
      order;  ///< by field: highest order of differentiation, by direction

  bool robin() const { return options.transmission == TransmissionCondition::robin; }
};

/// @param coarse cells of the grid of [coarse]; empty: none
/// @throws Error (Status::case_file) where the interface coupling does not fit an equation
TransmissionRule transmission_rule(const Problem&, const Model&, const InterfaceOptions&,
                                   const std::vector<int>& coarse);

/// The conditions on one face of a box inside the domain. Order two in space: one condition, of the kind that
/// the case asks for; four: value and normal derivative. In time on the lower face only: the value, and with
/// order two the derivative too.
/// @param robin factor of the value in Robin conditions, by field
std::vector<TraceCondition> trace_conditions(const TransmissionRule&, int direction, bool upper,
                                             const std::vector<double>& robin);

/// The factors of the value in the Robin conditions of subdomain k: by face (2 * direction + upper) and
/// field. Automatic ones are those of zeroth-order optimised Schwarz methods with overlap L (Gander, SIAM J.
/// Numer. Anal. 44, 2006, OO0),
///     p = 2^(-1/3) s^(2/3) L^(-1/3),    s^2 = k^2 + eta,
/// k the lowest frequency along the face and eta the coefficient of the value in -u'' + eta u. Other
/// coefficients come in by what turns -a u_nn - a' u_tt + b u_n + c u into this form: k is scaled by the root
/// of a'/a, eta = c/a + (b/2a)^2, and b/2a (positive where the field flows out) is subtracted from p. 1/H^2,
/// H the width of the box, is added to s^2: the formula is that of half planes, and a subdomain's neighbours
/// end. Where s L > 1/2 the overlap damps all frequencies, and p = s.
std::vector<std::vector<double>> robin_parameters(const TransmissionRule&, const Space&, int k);

}  // namespace ddpinn
