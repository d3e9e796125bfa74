// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <span>
#include <vector>

namespace ddpinn {

/// A node along one direction, and what its value is multiplied by.
struct AxisWeight {
  int node = 0;
  double weight = 0;
};
using AxisStencil = std::vector<AxisWeight>;

/// Weights of values at `points` in the derivative of order m at x of the polynomial through them.
/// (B. Fornberg, Math. Comp. 51 (1988), "Generation of finite difference formulas on arbitrarily spaced
/// grids".)
std::vector<double> difference_weights(double x, std::span<const double> points, int m);

/// The nodes of a uniform grid along one direction: both ends are nodes, which coincide where the direction
/// is periodic.
class GridAxis {
 public:
  /// @param order of the differences, even
  GridAxis(int cells, double lower, double upper, bool periodic, int order = 2);

  int cells() const { return cells_; }
  int nodes() const { return periodic_ ? cells_ : cells_ + 1; }
  bool periodic() const { return periodic_; }
  double spacing() const { return spacing_; }
  double coordinate(int node) const;
  int nearest(double x) const;

  /// The derivative of order m at x by a difference of the axis' order p: central where the nodes around
  /// allow it, else from the nearest m + p nodes.
  AxisStencil difference(double x, int m) const;

  /// The two hat functions at x (one at a node).
  AxisStencil hats(double x) const;

  /// The derivative of order m (0 to 3) at x of the cubic convolution interpolant, continuously
  /// differentiable and exact for quadratic functions. (R. Keys, IEEE Trans. Acoust. Speech Signal Process.
  /// 29 (1981).)
  AxisStencil cubic(double x, int m) const;

  /// The integral of the hat function of a node.
  double hat_integral(int node) const;

 private:
  int wrapped(int node) const { return periodic_ ? ((node % cells_) + cells_) % cells_ : node; }

  int cells_;
  double lower_;
  double upper_;
  bool periodic_;
  int order_;
  double spacing_;
};

}  // namespace ddpinn
