// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "space/field.hpp"

#include <vector>

namespace ddpinn {

/// How fast the Legendre coefficients of fields in the cores fall: what tells whether a solution is resolved,
/// and which degree it would need where it is not (C. Mavriplis, Comput. Methods Appl. Mech. Engrg. 80,
/// 1990). All numbers are squares of L2 norms, relative to that of the whole field; of several fields the
/// largest.
struct Resolution {
  /// By direction, interval of cores in it, and degree in that direction.
  std::vector<std::vector<std::vector<double>>> modes;
  /// By total degree, where a direction of n samples counts its own degree times most / (n - 1).
  std::vector<double> totals;
  bool complete = true;  ///< whether all cores are whole

  /// What is left from a degree on: the root of the sum.
  static double tail(const std::vector<double>& squares, int degree);
  /// The highest degree in any direction.
  int most_degree() const;
  /// The largest part of a field that the last two degrees in one direction, or the highest total degrees,
  /// have.
  double unresolved() const;
};

/// The sum of those squares of coefficients, up to a degree, that do not fall any more: all from the first
/// one that is, like those after it, less than three times as large as the last ones. Zero where these are
/// fewer than four, or a third of all. Coefficients of smooth functions fall to the last, or to the error of
/// what they were computed from; those of kinks, of roots at a margin, and of waves that are shorter than the
/// polynomials' do not.
double stagnant(const std::vector<double>& squares, int degree);

/// The sum of those squares of coefficients, from half the degree on and without end, of a solution whose
/// coefficients fall as a power of the degree: they do where a field has a root or a power at a margin, and a
/// correction in a space that is richer by a degree or two knows a small part of what is beyond it. Half the
/// degree: there least squares of derivatives begin to lose the coefficients of such solutions. Zero where
/// they fall faster, as those of smooth functions do, or not at all, and of degrees below 16, which tell too
/// little.
double algebraic_tail(const std::vector<double>& squares, int degree);

/// Fields at Gauss points of the cores of this rank, as far as they are in the domain.
struct CoreSamples {
  /// The points of one core; `whole` where all are in the domain and in one part of it between interfaces.
  struct Core {
    int subdomain = 0;
    std::size_t begin = 0;
    bool whole = true;
  };

  std::vector<int> counts;  ///< points of a whole core by direction; the first direction varies fastest
  std::vector<Core> cores;  ///< ascending in both
  std::vector<Point> x;
  std::vector<double> measure;  ///< of each point
  FieldValues fields;           ///< a column per field
};

/// By field, the part of its squared L2 norm that stagnant coefficients have, or those of an algebraic tail,
/// in the direction in which these are most. @param degree by direction, up to which coefficients mean
/// something @note Collective.
std::vector<double> stagnant_squares(const Field&, const std::vector<int>& degree);

/// @param counts points per core, by direction @pre the field is complete @note Collective.
CoreSamples sample_cores(const Field&, const std::vector<int>& counts);

/// Of cores that are whole, as others have no such coefficients. Of several parts in time, each with its
/// samples: the intervals of `time` are the parts then.
/// @param time direction of the parts; -1 where there is one @note Collective.
Resolution resolution(const std::vector<const Field*>& parts, const std::vector<CoreSamples>&, int time);

}  // namespace ddpinn
