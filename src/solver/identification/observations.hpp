// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/time_slabs.hpp"
#include "space/field.hpp"

#include <ddpinn/problem.hpp>

#include <vector>

namespace ddpinn {

/// The observations of a problem against solutions of it: a row for each value of each point, shared out over
/// the ranks whoever owns the point. Weights are those of rows of [[data]] (row_weights.hpp).
class Observations {
 public:
  Observations(const Communicator&, const Problem&);

  /// Rows of this rank.
  std::size_t rows() const { return rows_; }
  /// By row, the weighted standard deviation of an observation; 0 where it has none.
  const std::vector<double>& row_noise() const { return row_noise_; }
  /// The smallest of those that are not 0; 0 where there are none.
  double noise() const { return noise_; }
  /// Sum of squares of the weighted observations of all ranks. @note Collective.
  double square() const;

  /// Misfits in the order of the observations, on every rank, and back. @note Collective.
  std::vector<double> gathered(const std::vector<double>& misfits) const;
  std::vector<double> own(const std::vector<double>& gathered) const;

  /// Fills in the weighted misfits, field - observation, of the points in a time slab.
  /// @pre the field is complete @param misfits by row of this rank @note Collective.
  void compare(const Field&, const TimeSlab&, std::vector<double>& misfits) const;

 private:
  std::vector<std::size_t> places() const;

  /// This rank's points of a data set. Row of field f and point i: first_row + f * points + i.
  struct Set {
    std::size_t first = 0;  ///< place of its first observation among all
    std::vector<Point> points;
    std::vector<Derivative> fields;
    std::vector<std::vector<double>> observed;  ///< by field and point
    double weight = 1;
    std::size_t first_row = 0;
  };

  const Communicator* comm_;
  std::vector<Set> sets_;
  std::size_t rows_ = 0;
  std::size_t all_ = 0;  ///< rows of all ranks
  std::vector<double> row_noise_;
  double noise_ = 0;
};

/// What the errors of observations with a standard deviation add to the weighted sum of squares, on average.
double expected_square(const Problem&);

}  // namespace ddpinn
