// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "grid/grid_time.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace ddpinn {

/// A pressure p is determined by an equation that does not contain it: in incompressible flow by the
/// divergence of velocities, sum of c_i du_i/dx_i = 0. With all fields at the same nodes, pressures that
/// change sign from node to node would be felt by no equation. As by C. M. Rhie, W. L. Chow (AIAA J. 21
/// (1983)), the divergence is taken of the velocities *between* nodes that the equations of u_i would give
/// there,
///     A_i u_i + b_i dp/dx_i + ... = 0:    sum of c_i (D_i u_i - b_i/A_i (d_i^2 p - D_i D_i p)) = 0,
/// A_i the diagonal of the differences in the row of u_i, D_i the difference over two cells, d_i^2 the second
/// difference over neighbours. The term is of order h^4, and keeps fields and equations unscaled. (Without
/// D_i D_i p it is that of F. Brezzi, J. Pitkaranta (1984), of order h^2.)
struct PressureRow {
  /// One of the terms in a diagonal A_i.
  struct Diagonal {
    std::size_t entry;
    double weight;
    InTime kind;
    bool principal;  ///< of a derivative; others count where there are none
  };
  /// The entries of c_i and b_i, and A_i, for one field.
  struct Link {
    std::size_t divergence, gradient;
    std::vector<Diagonal> diagonal;
  };
  std::size_t row;
  std::vector<std::vector<Link>> links;      ///< by direction of space
  std::vector<std::size_t> difference = {};  ///< by direction: the entry of d_i^2 p - D_i D_i p
  std::vector<std::size_t> anchor = {};      ///< by anchor: its first entry

  /// - sum of c_i b_i/A_i by direction. @param coefficient by entry
  std::vector<double> coefficients(std::span<const double> coefficient, const TimeDifferences& time) const;
};

/// How much an anchor's residual (see GridProblem::anchors) counts in the equations of a pressure, times
/// coefficients / h^2. These equations can't all hold: over the domain they sum to the flow through the
/// boundary, up to the order of the grid. What is left over is the anchor's residual, by which all of them
/// are off evenly; an equation less, at the anchor, would be a source there instead.
inline constexpr double anchor_weight = 100;

}  // namespace ddpinn
