// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "grid/grid_correction.hpp"

#include <vector>

namespace ddpinn {

/// A case solved on a grid: on rank 0 everything, elsewhere nothing but the seconds.
struct GridSolution {
  std::vector<int> cells;      ///< by direction
  int order = 2;               ///< of the differences
  std::vector<int> nodes;      ///< by direction
  std::vector<Point> x;        ///< by node, first direction fastest
  std::vector<char> inside;    ///< by node: in the domain
  std::vector<double> values;  ///< by node and field
  double seconds = 0;
};

/// @param cells one number, or one per direction @param order of the differences, even @note Collective.
GridSolution solve_on_grid(const Communicator& comm, const Model& model, const std::vector<int>& cells,
                           int order = 2);

/// The number of the fine grid's node at each node of a coarse one with a divisor of the cells.
std::vector<std::size_t> shared_nodes(const Model& model, const GridSolution& fine,
                                      const GridSolution& coarse);

/// Norms of a difference of two fields over some points.
struct GridNorms {
  double difference = 0;  ///< root of the sum of squares
  double size = 0;        ///< of the second field
  double largest = 0;     ///< difference
  long long points = 0;

  void add(double computed, double known);
  void finish();  ///< takes the roots
  double relative() const { return difference / size; }
};

/// What is known of the error of one field of a solution on a grid.
struct GridError {
  GridNorms change;  ///< from the grid with half the cells, over its nodes
  double order =
      2;  ///< that was observed on three grids, or 2: cautious where differences are of higher order
  bool observed = false;
  /// Richardson's estimate from the change: divided by 2^order - 1.
  double l2() const;
  double largest() const;
};

/// Errors by field, by comparison with the grid with half the cells, and the order from that with a quarter
/// of them, if there is one. (P. J. Roache, J. Fluids Eng. 116 (1994).)
std::vector<GridError> estimate_errors(const Model& model, const GridSolution& fine, const GridSolution& half,
                                       const GridSolution* quarter);

/// Against the exact solution, by field, at the nodes inside; no points where there is none.
std::vector<GridNorms> exact_errors(const Model& model, const GridSolution& solution);

}  // namespace ddpinn
