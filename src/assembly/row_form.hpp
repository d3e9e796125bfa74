// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "dense/matrix.hpp"

#include <span>
#include <vector>

namespace ddpinn {

/// The matrix S of J^T S J, by rows of this rank: 1 but for the rows of some points, which it couples with
/// each other (energy_rows.hpp).
class RowForm {
 public:
  /// S among the rows first, first + stride, ... of one point.
  void couple(std::size_t first, std::size_t stride, Matrix middle);

  bool empty() const { return couplings_.empty(); }
  bool symmetric() const { return symmetric_; }

  /// S rows
  std::vector<double> operator()(std::span<const double> rows) const;

 private:
  struct Coupling {
    std::size_t first, stride;
    Matrix middle;
  };
  std::vector<Coupling> couplings_;
  bool symmetric_ = true;
};

}  // namespace ddpinn
