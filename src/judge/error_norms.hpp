// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "io/fields/grid_sample.hpp"
#include "problem/case/case_file.hpp"
#include "problem/time_slabs.hpp"
#include "space/field.hpp"

#include <ddpinn/result.hpp>

#include <vector>

namespace ddpinn {

/// An error over the size of what it is an error of: 0 where there is none, infinite where the size is zero.
double relative(double error, double size);

/// Norms of the errors against the exact solution over the points of the output grid inside the domain, or
/// against the values of a reference file at its points.
class ErrorNorms {
 public:
  explicit ErrorNorms(const CaseFile& file) : file_(file) {}

  /// Adds the points of this rank's part of the output grid, where the exact solution is known.
  void add(const GridSample&);
  /// Adds the points of a reference file that lie in one time slab. @note Collective.
  void add(const Text& reference, const Field&, const TimeSlab&);

  /// @note Collective.
  std::vector<FieldError> result(const Communicator&) const;

 private:
  /// Sums over points of this rank.
  struct Sums {
    double count = 0, value = 0, square = 0, difference = 0, difference_square = 0, largest = 0;
    double undefined = 0;  ///< points where the exact solution is no number
    void add(double computed, double known);
  };

  void add_own(const Table&, const Field&, const TimeSlab&);

  const CaseFile& file_;
  std::map<std::size_t, Sums> sums_;  ///< by field, where its solution is known; the same fields on all ranks
};

}  // namespace ddpinn
